package dev.hookswitch.standalone.demo;

import dev.hookswitch.common.model.OutcomeRow;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What happens, and when: looked at again and again by the main thread. */
final class Script {
    /** So long after an endpoint is seen to be disabled, nothing may come. */
    static final Duration SILENCE_AFTER = Duration.ofSeconds(1);

    static final int SEED = 20_261_121;
    private static final Duration STREAM = Duration.ofSeconds(16);
    private static final int CALLS = 150;
    private static final Duration PROBE_EVERY = Duration.ofMillis(250);

    private final Telephony telephony;
    private final Stage stage;
    private final Books books;
    private final Receivers receivers;
    private final LongSupplier nanoTime;
    private final Deque<Telephony.Cue> cues;
    private final Scene givesUp;
    private final Scene comesBack;
    private final Set<String> missed = new HashSet<>();
    private final Set<String> afterwards = new HashSet<>();
    private long beganNanos;
    private long lastProbeNanos;
    private OptionalLong enabledNanos = OptionalLong.empty();

    Script(Telephony telephony, Stage stage, Books books, Receivers receivers, LongSupplier nanoTime) {
        this.telephony = telephony;
        this.stage = stage;
        this.books = books;
        this.receivers = receivers;
        this.nanoTime = nanoTime;
        cues = new ArrayDeque<>(telephony.stream(CALLS, STREAM));
        givesUp = new Scene(nanoTime)
                .when(() -> isDisabled(Cast.GIVES_UP), () -> {})
                .after(SILENCE_AFTER, () -> stage.play(some(5, Promise.RING_TONIC, Cast.OAK, "lead.qualified")));
        comesBack = comesBack();
    }

    private Scene comesBack() {
        return new Scene(nanoTime)
                .when(() -> isDisabled(Cast.COMES_BACK), () -> {})
                .after(SILENCE_AFTER.plusMillis(500), () -> playReminders(3, missed))
                .when(() -> haveOutcomes(missed), () -> {
                    receivers.repair(Cast.COMES_BACK);
                    enabledNanos = OptionalLong.of(nanoTime.getAsLong());
                    stage.enable(Cast.COMES_BACK);
                })
                // Until the fan-out has heard of it, events are still skipped: one at a time, until one gets through.
                .when(this::probedThrough, () -> playReminders(10, afterwards));
    }

    /** The beginning: what must be there before the stream. */
    void begin() {
        stage.play(telephony.documented(Promise.RINGYO, Cast.LUMEN));
        stage.play(telephony.documented(Promise.RING_TONIC, Cast.NORTHWIND));
        stage.play(some(1, Promise.RINGYO, Cast.QUIET, "credits.low"));
        stage.play(some(3, Promise.RING_TONIC, Cast.QUIET, "voicemail.transcribed"));
        stage.play(some(Promise.DISABLED_AFTER, Promise.RING_TONIC, Cast.OAK, "lead.qualified"));
        stage.play(some(12, Promise.RINGYO, Cast.MAPLE, "appointment.reminder"));
        stage.flush();
        beganNanos = nanoTime.getAsLong();
    }

    /** Does what is due. */
    void look() {
        long sinceNanos = nanoTime.getAsLong() - beganNanos;
        Telephony.Cue next = cues.peek();
        while (next != null && next.at().toNanos() <= sinceNanos) {
            stage.play(next.event());
            cues.remove();
            next = cues.peek();
        }
        givesUp.look();
        comesBack.look();
    }

    /** Whether every event has been played. */
    boolean over() {
        return cues.isEmpty() && givesUp.over() && comesBack.over();
    }

    /** Events that came while {@link Cast#COMES_BACK} was disabled. */
    Set<String> missed() {
        return Set.copyOf(missed);
    }

    /** Events that came after it worked again. */
    Set<String> afterwards() {
        return Set.copyOf(afterwards);
    }

    /** When it was enabled, in System.nanoTime. */
    OptionalLong enabledNanos() {
        return enabledNanos;
    }

    private boolean isDisabled(Actor actor) {
        return books.disabling(stage.webhookId(actor)).isPresent();
    }

    private boolean haveOutcomes(Set<String> eventIds) {
        return books.outcomes().stream()
                .map(OutcomeRow::eventId)
                .collect(Collectors.toSet())
                .containsAll(eventIds);
    }

    private boolean probedThrough() {
        long now = nanoTime.getAsLong();
        if (receivers.posts().stream().anyMatch(this::isFirstSuccess)) {
            return true;
        }
        if (now - lastProbeNanos >= PROBE_EVERY.toNanos()) {
            lastProbeNanos = now;
            playReminders(1, new HashSet<>());
        }
        return false;
    }

    private boolean isFirstSuccess(Post post) {
        return post.actor().equals(Cast.COMES_BACK) && post.successful() && post.attempt() == 1;
    }

    private void playReminders(int count, Set<String> ids) {
        List<PlayedEvent> events = some(count, Promise.RINGYO, Cast.MAPLE, "appointment.reminder");
        events.forEach(event -> ids.add(event.id()));
        stage.play(events);
    }

    private List<PlayedEvent> some(int count, Promise vendor, String tenant, String type) {
        return Stream.generate(() -> telephony.event(vendor, tenant, type))
                .limit(count)
                .toList();
    }
}
