package dev.hookswitch.ingest;

import dev.hookswitch.common.event.DomainEvent;
import dev.hookswitch.common.event.Problem;
import java.util.List;

/** Says of a well-made event what would make the fan-out refuse it. */
@FunctionalInterface
interface Door {
    /** Empty when nothing would. */
    List<Problem> problemsWith(DomainEvent event);
}
