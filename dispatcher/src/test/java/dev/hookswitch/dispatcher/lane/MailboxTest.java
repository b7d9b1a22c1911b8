package dev.hookswitch.dispatcher.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookswitch.dispatcher.http.SendResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class MailboxTest {
    private static final Duration FOR_EVER = Duration.ofDays(1);
    private final Mailbox mailbox = new Mailbox();

    private static LaneEvent event(int number) {
        Work work = Samples.work(new OffsetTracker(0, CommitMap.Known.NOTHING), false);
        return new LaneEvent.Sent(work, new SendResult.Answered(200, null), number);
    }

    @Test
    void everythingIsTakenOnceInItsOrder() {
        List<LaneEvent> added = List.of(event(1), event(2), event(3));
        added.forEach(mailbox::add);

        assertThat(mailbox.take()).containsExactlyElementsOf(added);
        assertThat(mailbox.take()).isEmpty();
    }

    @Test
    @Timeout(60)
    void waitEndsWhenEnoughHaveCome() {
        mailbox.add(event(0));
        CompletableFuture<List<LaneEvent>> taken = CompletableFuture.supplyAsync(() -> {
            mailbox.await(3, FOR_EVER);
            return mailbox.take();
        });
        mailbox.add(event(1));
        mailbox.add(event(2));

        assertThat(taken.join()).hasSize(3);
    }

    @Test
    @Timeout(60)
    void waitEndsByItself() {
        mailbox.add(event(0));
        mailbox.await(2, Duration.ofMillis(1));

        assertThat(mailbox.take()).hasSize(1);
    }

    @Test
    @Timeout(60)
    void nothingIsLostBetweenManyThreads() {
        int threads = 4;
        int each = 2_000;
        List<CompletableFuture<Void>> adding = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            adding.add(CompletableFuture.runAsync(() -> {
                for (int i = 0; i < each; i++) {
                    mailbox.add(event(i));
                }
            }));
        }
        int taken = 0;
        while (taken < threads * each) {
            mailbox.await(32, Duration.ofMillis(1));
            taken += mailbox.take().size();
        }

        assertThat(adding).allSatisfy(CompletableFuture::join);
        assertThat(mailbox.take()).isEmpty();
    }
}
