package dev.hookswitch.common.event;

/** What became of the bytes that should have been an event. */
public sealed interface ParsedEvent {
    /** A well-formed event. */
    record Accepted(DomainEvent event) implements ParsedEvent {}

    /** Not an event, and why. */
    record Refused(Problem problem) implements ParsedEvent {}
}
