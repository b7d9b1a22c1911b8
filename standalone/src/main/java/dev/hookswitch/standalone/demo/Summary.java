package dev.hookswitch.standalone.demo;

import dev.hookswitch.common.report.Machine;
import dev.hookswitch.common.report.Measure;
import dev.hookswitch.common.report.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The end of the demonstration, for the terminal and as a report. */
record Summary(Evidence evidence, Verdict verdict, double firstWebhookSeconds) {
    private static final int SHOWN_PROBLEMS = 5;
    private static final double FIRST_WEBHOOK_GOAL_SECONDS = 10;

    List<String> lines() {
        List<String> lines = new ArrayList<>(Tables.endpoints(verdict).lines());
        for (Verdict.Row row : verdict.rows()) {
            lines.addAll(problems(row.actor().label(), row.problems()));
        }
        lines.addAll(problems("overall", verdict.general()));
        lines.add("");
        lines.addAll(Tables.schedules(verdict, evidence.timeScale()).lines());
        lines.add("");
        lines.add(totals());
        lines.add(verdict.allMet() ? "Every expectation was met." : "NOT every expectation was met.");
        return lines;
    }

    private static List<String> problems(String where, List<String> problems) {
        List<String> lines = new ArrayList<>();
        problems.stream().limit(SHOWN_PROBLEMS).forEach(problem -> lines.add("  " + where + ": " + problem));
        if (problems.size() > SHOWN_PROBLEMS) {
            lines.add("  " + where + ": and " + (problems.size() - SHOWN_PROBLEMS) + " more");
        }
        return lines;
    }

    private String totals() {
        return evidence.played().size() + " events for " + verdict.rows().size() + " endpoints made "
                + verdict.sum(Verdict.Row::expected) + " deliveries, and " + verdict.sum(Verdict.Row::ended)
                + " outcomes were seen. " + verdict.documentedSeen() + " of " + verdict.documentedPlayed()
                + " documented events arrived as their pages show them. "
                + evidence.posts().size()
                + " POSTs, each signature checked with the vendor's documented algorithm.";
    }

    /** Writes the report into the folder. */
    void report(Path folder, String commit) throws IOException {
        boolean real = evidence.timeScale() == 1;
        String text = (real ? "" : "Retry delays are divided by " + evidence.timeScale() + ". ") + totals() + "\n\n"
                + Tables.endpoints(verdict).markdown() + "\n## One delivery through all tiers\n\n"
                + "The delivery of " + Cast.ONE_DELIVERY.label() + ", whose receiver always fails.\n\n"
                + Journey.table(evidence).markdown() + "\n## Schedules\n\n"
                + Tables.schedules(verdict, evidence.timeScale()).markdown();
        new Report(
                        real ? "demo-real-time" : "demo",
                        Machine.current(),
                        commit,
                        "./hookswitch demo --time-scale " + evidence.timeScale() + " --report docs/reports",
                        measures())
                .write(
                        folder,
                        real ? "The demonstration in real time" : "The demonstration",
                        text,
                        Optional.of(Picture.of(evidence)));
    }

    private List<Measure> measures() {
        double expected = verdict.sum(Verdict.Row::expected);
        double early =
                verdict.waits().stream().filter(Waits.Wait::early).toList().size();
        double unsigned = evidence.posts().size() - verdict.sum(row -> (int) row.signed());
        int problems =
                verdict.general().size() + verdict.sum(row -> row.problems().size());
        return List.of(
                Measure.atMost("first_webhook_s", firstWebhookSeconds, "s", FIRST_WEBHOOK_GOAL_SECONDS),
                Measure.exactly("problems", problems, "problems", 0),
                Measure.exactly("outcomes", verdict.sum(Verdict.Row::ended), "deliveries", expected),
                Measure.exactly("documented_events", verdict.documentedSeen(), "events", verdict.documentedPlayed()),
                Measure.exactly("signatures_refused", unsigned, "POSTs", 0),
                Measure.exactly("retries_early", early, "retries", 0),
                Measure.informs("retries", verdict.waits().size(), "retries"),
                Measure.informs("retry_late_p50_ms", Waits.lateMs(verdict.waits(), 0.5), "ms"),
                Measure.informs("retry_late_p99_ms", Waits.lateMs(verdict.waits(), 0.99), "ms"),
                Measure.informs("posts", evidence.posts().size(), "POSTs"),
                Measure.informs("events", evidence.played().size(), "events"),
                Measure.informs("time_scale", evidence.timeScale(), "x"));
    }
}
