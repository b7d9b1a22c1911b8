package dev.hookswitch.console.log;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which deliveries of an endpoint are wanted. Filters of several kinds must all hold.
 *
 * @param statuses any of these; empty for all
 * @param eventTypes any of these; empty for all
 * @param codes the class of the last status code, any of these; empty for all
 * @param fromMs the earliest time of the event, epoch milliseconds; null for no bound
 * @param untilMs the first time of an event that is too late, epoch milliseconds; null for no bound
 * @param limit how many at the most, from 1 to 100
 * @param cursor of the page before; null for the first page
 */
public record LogQuery(
        Set<DeliveryStatus> statuses,
        Set<String> eventTypes,
        Set<CodeClass> codes,
        @Nullable Long fromMs,
        @Nullable Long untilMs,
        int limit,
        @Nullable String cursor) {

    /** The largest {@link #limit}. */
    public static final int MAX_LIMIT = 100;
    /** Ids have 48 bits for the time. */
    private static final long MAX_TIME_MS = (1L << 48) - 1;

    public LogQuery {
        statuses = Set.copyOf(statuses);
        eventTypes = Set.copyOf(eventTypes);
        codes = Set.copyOf(codes);
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit must be from 1 to " + MAX_LIMIT + ", was " + limit);
        }
        checkTime("from", fromMs);
        checkTime("until", untilMs);
        if (fromMs != null && untilMs != null && fromMs >= untilMs) {
            throw new IllegalArgumentException("until must be later than from");
        }
    }

    /** Everything, the newest first. */
    public static LogQuery newest(int limit) {
        return new LogQuery(Set.of(), Set.of(), Set.of(), null, null, limit, null);
    }

    /** The same filters, on from there. */
    public LogQuery from(String pageCursor) {
        return new LogQuery(statuses, eventTypes, codes, fromMs, untilMs, limit, pageCursor);
    }

    /** Whether a delivery passes the filters that its time does not decide. */
    boolean accepts(DeliveryStatus status, CodeClass code, String eventType) {
        return (statuses.isEmpty() || statuses.contains(status))
                && (codes.isEmpty() || codes.contains(code))
                && (eventTypes.isEmpty() || eventTypes.contains(eventType));
    }

    /** Whether no delivery passes that has arrived: what arrives ends with a 2xx. */
    boolean leavesOutDelivered() {
        return (!statuses.isEmpty() && !statuses.contains(DeliveryStatus.DELIVERED))
                || (!codes.isEmpty() && !codes.contains(CodeClass.C2XX));
    }

    private static void checkTime(String field, @Nullable Long ms) {
        if (ms != null && (ms < 0 || ms > MAX_TIME_MS)) {
            throw new IllegalArgumentException(field + " must be a time from 1970 to the year 10000");
        }
    }
}
