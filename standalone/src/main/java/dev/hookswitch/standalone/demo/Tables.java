package dev.hookswitch.standalone.demo;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** The tables at the end. */
final class Tables {
    private Tables() {}

    /** One line for each endpoint: what was promised, what was seen, and whether that is the same. */
    static Table endpoints(Verdict verdict) {
        Table table = new Table(
                "ENDPOINT",
                "PROFILE",
                "RECEIVER",
                "EVENTS",
                "ENDED",
                "OUTCOMES",
                "POSTS",
                "EACH",
                "SIGNED",
                "DISABLED",
                "VERDICT");
        for (Verdict.Row row : verdict.rows()) {
            table.row(
                    row.actor().label(),
                    row.actor().promise().profile(),
                    row.actor().temper().words(),
                    String.valueOf(row.expected()),
                    String.valueOf(row.ended()),
                    row.outcomes(),
                    String.valueOf(row.posts()),
                    row.attempts(),
                    row.signed() + "/" + row.posts(),
                    fate(row.actor()),
                    row.problems().isEmpty() ? "ok" : "FAILED");
        }
        return table;
    }

    private static String fate(Actor actor) {
        String rule = Promise.DISABLED_AFTER + " " + actor.promise().counting().words();
        return switch (actor.fate()) {
            case STAYS -> "no";
            case DISABLED -> rule + ", then silent";
            case ENABLED_AGAIN -> rule + ", enabled again";
        };
    }

    /** One line for each retry of a schedule, over all endpoints of the profile. */
    static Table schedules(Verdict verdict, double timeScale) {
        Table table = new Table(
                "PROFILE", "ATTEMPT", "PROMISED AFTER", "HERE AFTER", "SEEN", "EARLY", "LATE P50", "LATE MAX");
        for (Promise promise : Promise.values()) {
            for (int attempt = 2; attempt <= promise.maxAttempts(); attempt++) {
                int number = attempt;
                Duration delay = promise.delayBefore(attempt);
                List<Waits.Wait> waits = select(
                        verdict,
                        wait -> wait.post().actor().promise() == promise
                                && wait.post().attempt() == number);
                table.row(
                        promise.profile(),
                        String.valueOf(attempt),
                        seconds(delay.toMillis() / 1e3),
                        seconds(delay.toMillis() / 1e3 / timeScale),
                        String.valueOf(waits.size()),
                        String.valueOf(waits.stream().filter(Waits.Wait::early).count()),
                        waits.isEmpty() ? "-" : milliseconds(Waits.lateMs(waits, 0.5)),
                        waits.isEmpty() ? "-" : milliseconds(Waits.lateMs(waits, 1)));
            }
        }
        return table;
    }

    private static List<Waits.Wait> select(Verdict verdict, Predicate<Waits.Wait> which) {
        return verdict.waits().stream().filter(which).toList();
    }

    static String seconds(double seconds) {
        return String.format(Locale.ROOT, seconds < 1 ? "%.3f s" : seconds < 10 ? "%.1f s" : "%.0f s", seconds);
    }

    private static String milliseconds(double milliseconds) {
        return String.format(Locale.ROOT, "%.0f ms", milliseconds);
    }
}
