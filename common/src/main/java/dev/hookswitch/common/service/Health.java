package dev.hookswitch.common.service;

/**
 * How a service is.
 *
 * @param state whether it lives and is ready
 * @param detail for people: why it is not up
 */
public record Health(State state, String detail) {
    public static final Health UP = new Health(State.UP, "");

    /** Alive: starting or up. Ready: up. */
    public enum State {
        STARTING,
        UP,
        DOWN
    }

    public static Health starting(String detail) {
        return new Health(State.STARTING, detail);
    }

    public static Health down(String detail) {
        return new Health(State.DOWN, detail);
    }

    public boolean alive() {
        return state != State.DOWN;
    }

    public boolean ready() {
        return state == State.UP;
    }
}
