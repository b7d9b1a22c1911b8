package dev.hookswitch.standalone.demo;

import dev.hookswitch.standalone.demo.Actor.Fate;
import java.util.List;
import java.util.Set;

/** Who takes part. */
final class Cast {
    static final String LUMEN = "lumen-dental";
    static final String NORTHWIND = "northwind-hvac";
    static final String HARBOR = "harbor-realty";
    static final String OAK = "oak-legal";
    static final String MAPLE = "maple-vet";
    static final String QUIET = "quiet-clinic";

    private static final Set<String> ALL = Set.of("*");

    /** Gives up: ten deliveries fail, four attempts each; then silence. */
    static final Actor GIVES_UP =
            new Actor("oak-crm", OAK, Promise.RING_TONIC, Temper.FAILING, Set.of("lead.qualified"), Fate.DISABLED);
    /** Fails, is disabled, is repaired and enabled. */
    static final Actor COMES_BACK = new Actor(
            "maple-reminders",
            MAPLE,
            Promise.RINGYO,
            Temper.REPAIRED,
            Set.of("appointment.reminder"),
            Fate.ENABLED_AGAIN);
    /** One delivery, all six attempts. */
    static final Actor ONE_DELIVERY =
            new Actor("quiet-billing", QUIET, Promise.RINGYO, Temper.FAILING, Set.of("credits.low"), Fate.STAYS);

    static final Actor WRONG_SECRET = new Actor(
            "quiet-mailbox",
            QUIET,
            Promise.RING_TONIC,
            Temper.WRONG_SECRET,
            Set.of("voicemail.transcribed"),
            Fate.STAYS);

    static final List<Actor> ACTORS = List.of(
            new Actor("lumen-crm", LUMEN, Promise.RINGYO, Temper.HEALTHY, ALL, Fate.STAYS),
            new Actor("lumen-archive", LUMEN, Promise.STANDARD, Temper.HEALTHY, ALL, Fate.STAYS),
            new Actor("northwind-crm", NORTHWIND, Promise.RING_TONIC, Temper.HEALTHY, ALL, Fate.STAYS),
            new Actor(
                    "northwind-desk",
                    NORTHWIND,
                    Promise.RING_TONIC,
                    Temper.FLAKY,
                    Set.of("call.completed", "call.missed", "voicemail.received"),
                    Fate.STAYS),
            new Actor("harbor-crm", HARBOR, Promise.RINGYO, Temper.HEALTHY, ALL, Fate.STAYS),
            new Actor(
                    "harbor-sheets",
                    HARBOR,
                    Promise.RINGYO,
                    Temper.SLOW,
                    Set.of("call.completed", "appointment.created"),
                    Fate.STAYS),
            new Actor("harbor-legacy", HARBOR, Promise.RINGYO, Temper.FAILING, ALL, Fate.DISABLED),
            new Actor("oak-archive", OAK, Promise.STANDARD, Temper.HEALTHY, ALL, Fate.STAYS),
            GIVES_UP,
            new Actor("maple-archive", MAPLE, Promise.STANDARD, Temper.FLAKY, ALL, Fate.STAYS),
            COMES_BACK,
            ONE_DELIVERY,
            WRONG_SECRET);

    private Cast() {}
}
