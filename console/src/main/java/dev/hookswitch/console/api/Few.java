package dev.hookswitch.console.api;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** What takes long may be done by few requests at once, so that threads are left for all others. */
final class Few {
    private final Semaphore places;
    private final String what;

    /** @param what they do, as in "as many requests WHAT as may" */
    Few(int most, String what) {
        this.places = new Semaphore(most);
        this.what = what;
    }

    /** @throws ApiError when as many are at it as may */
    <T> T run(Supplier<T> work) {
        if (!places.tryAcquire()) {
            throw ApiError.later("as many requests " + what + " as may; try again", 5);
        }
        try {
            return work.get();
        } finally {
            places.release();
        }
    }
}
