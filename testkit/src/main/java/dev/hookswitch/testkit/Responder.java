package dev.hookswitch.testkit;

/** Decides the answer to a request; called on many threads at once. */
@FunctionalInterface
public interface Responder {
    Reply reply(ReceivedRequest request);
}
