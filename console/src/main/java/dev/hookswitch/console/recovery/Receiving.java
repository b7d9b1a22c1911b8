package dev.hookswitch.console.recovery;

import dev.hookswitch.console.endpoints.EndpointView;

/** Whether an endpoint gets POSTs: what is put for one that does not would be discarded. */
final class Receiving {
    private Receiving() {}

    /** @throws RecoveryRefused when it gets none */
    static EndpointView require(EndpointView endpoint) {
        return switch (endpoint.state()) {
            case ACTIVE, FAILING -> endpoint;
            case INACTIVE, DISABLED ->
                throw RecoveryRefused.disabled(endpoint.id(), endpoint.state().word());
        };
    }
}
