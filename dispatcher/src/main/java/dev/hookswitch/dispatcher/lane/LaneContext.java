package dev.hookswitch.dispatcher.lane;

import dev.hookswitch.common.topics.TopicLayout;
import dev.hookswitch.dispatcher.DispatcherMetrics;
import dev.hookswitch.dispatcher.attempt.RetryPolicy;
import dev.hookswitch.dispatcher.directory.Endpoints;
import dev.hookswitch.dispatcher.egress.AddressBook;
import dev.hookswitch.dispatcher.http.HttpSender;
import java.time.Clock;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.kafka.common.Uuid;

/**
 * What the lanes of a dispatcher share.
 *
 * @param topicIds of {@code deliveries} and {@code deliveries-due}, for the commit maps
 * @param instance stable name of this process
 */
public record LaneContext(
        TopicLayout topics,
        Map<String, Uuid> topicIds,
        Endpoints directory,
        AddressBook addresses,
        HttpSender sender,
        RetryPolicy retries,
        LaneSettings settings,
        DispatcherMetrics metrics,
        String instance,
        String userAgent,
        Clock clock,
        LongSupplier nanoTime) {}
