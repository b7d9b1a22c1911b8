package dev.hookswitch.embeddedkafka;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** What a start has acquired so far; given back in reverse order when the start does not reach its end. */
final class Undo implements Closeable {
    private final Deque<Closeable> acquired = new ArrayDeque<>();

    <T extends Closeable> T add(T resource) {
        acquired.push(resource);
        return resource;
    }

    void forget() {
        acquired.clear();
    }

    @Override
    public void close() throws IOException {
        for (Closeable resource : acquired) {
            resource.close();
        }
    }
}
