package dev.hookswitch.benchmarks.ledger;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/**
 * How the receiver answers: mostly within a tenth of a second, now and then after two seconds, so that deliveries overtake
 * each other and there is always much in flight. The first POST of every tenth delivery fails.
 */
final class Answers {
    private static final int FAILING_ONE_OF = 10;

    private final Random random;
    private final Set<String> failed = new HashSet<>();

    Answers(Random random) {
        this.random = random;
    }

    Post to(String deliveryId, long arrivedMs) {
        boolean fails = Math.floorMod(deliveryId.hashCode(), FAILING_ONE_OF) == 0 && failed.add(deliveryId);
        return new Post(deliveryId, arrivedMs, (long) delayMs(), fails ? 500 : 200);
    }

    private int delayMs() {
        int hundredth = random.nextInt(100);
        if (hundredth < 60) {
            return 5 + random.nextInt(145);
        }
        return hundredth < 90 ? 150 + random.nextInt(450) : 600 + random.nextInt(1_400);
    }
}
