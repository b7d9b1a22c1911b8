package dev.hookswitch.common.service;

/** A service that is as the test says. */
final class FakeService implements Service {
    volatile Health health = Health.UP;
    volatile boolean closed;
    private final String name;

    FakeService(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void start() {}

    @Override
    public Health health() {
        return health;
    }

    @Override
    public void close() {
        closed = true;
    }
}
