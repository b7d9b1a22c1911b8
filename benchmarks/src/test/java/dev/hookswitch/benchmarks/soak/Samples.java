package dev.hookswitch.benchmarks.soak;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/** Samples for tests: sixty of them, ten seconds apart, all figures steady but the heap. */
final class Samples {
    private Samples() {}

    /** @param heap MiB by the second */
    static List<Sample> of(DoubleUnaryOperator heap) {
        return of(heap, second -> 40, second -> 20);
    }

    static List<Sample> of(DoubleUnaryOperator heap, DoubleUnaryOperator threads, DoubleUnaryOperator open) {
        return IntStream.rangeClosed(1, 60)
                .mapToObj(i -> {
                    double at = i * 10.0;
                    return new Sample(
                            at,
                            heap.applyAsDouble(at),
                            200,
                            60,
                            8,
                            400,
                            threads.applyAsDouble(at),
                            2_500,
                            i * 5_000L,
                            (long) open.applyAsDouble(at));
                })
                .toList();
    }
}
