package dev.hookswitch.benchmarks.receiver;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** One accepted connection. For the reactor's thread. */
final class Connection {
    final SocketChannel channel;
    final Temper temper;
    final RequestReader reader;
    private int dripped;

    Connection(SocketChannel channel, Temper temper, int keptOfBody) {
        this.channel = channel;
        this.temper = temper;
        this.reader = new RequestReader(keptOfBody);
    }

    /** Sends the answer; a peer that does not even take these few bytes is let go. */
    void answer(ByteBuffer response) {
        try {
            channel.write(response.rewind());
            if (response.hasRemaining()) {
                close();
            }
        } catch (IOException e) {
            close();
        }
    }

    /** Sends one more byte of the answer; false when there is nothing more to send. */
    boolean drip(ByteBuffer response) {
        try {
            channel.write(response.duplicate().position(dripped).limit(dripped + 1));
            dripped++;
            if (dripped < response.capacity()) {
                return true;
            }
            dripped = 0;
            return false;
        } catch (IOException e) {
            close();
            return false;
        }
    }

    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // Gone either way.
        }
    }
}
