package dev.hookswitch.benchmarks.load;

import dev.hookswitch.benchmarks.process.VitalThread;
import dev.hookswitch.common.model.Delivery;
import dev.hookswitch.common.model.DeliveryHeaders;
import dev.hookswitch.dispatcher.http.HttpPost;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** One partition of the usual alternative: poll, POST one after the other, commit, and again. */
final class UsualConsumer {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int MAX_POLL_RECORDS = 100;

    private final String bootstrapServers;
    private final TopicPartition partition;
    private final Map<String, String> urls = new HashMap<>();
    private final SignedHeaders headers;
    private final CloseableHttpClient client;
    private final Tally tally;
    private final Thread thread;
    private volatile boolean stopped;

    UsualConsumer(
            String bootstrapServers,
            String topic,
            int partition,
            Targets targets,
            SignedHeaders headers,
            CloseableHttpClient client,
            Tally tally) {
        this.bootstrapServers = bootstrapServers;
        this.partition = new TopicPartition(topic, partition);
        this.headers = headers;
        this.client = client;
        this.tally = tally;
        this.thread = VitalThread.of("usual-" + partition, this::run);
        for (int i = 0; i < targets.count(); i++) {
            urls.put(targets.id(i).webhookId(), targets.url(i));
        }
    }

    void start() {
        thread.start();
    }

    void stop() {
        stopped = true;
    }

    void join() throws InterruptedException {
        thread.join();
    }

    private void run() {
        Map<String, Object> properties = Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "group.id",
                "usual-" + partition.topic(),
                "enable.auto.commit",
                "false",
                "auto.offset.reset",
                "earliest",
                "isolation.level",
                "read_committed",
                "max.poll.records",
                MAX_POLL_RECORDS);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            while (!stopped) {
                ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
                for (ConsumerRecord<byte[], byte[]> record : polled) {
                    post(record);
                    if (stopped) {
                        return;
                    }
                }
                if (!polled.isEmpty()) {
                    consumer.commitSync();
                }
            }
        }
    }

    private void post(ConsumerRecord<byte[], byte[]> record) {
        long startNanos = System.nanoTime();
        Delivery delivery = DeliveryHeaders.read(record.headers());
        HttpUriRequestBase request = new HttpUriRequestBase(
                "POST", URI.create(urls.getOrDefault(delivery.endpoint().webhookId(), "")));
        for (HttpPost.Field field : headers.of(delivery.id(), record.value())) {
            request.setHeader(field.name(), field.value());
        }
        request.setEntity(new ByteArrayEntity(record.value(), ContentType.APPLICATION_JSON));
        int status;
        try {
            status = client.execute(request, response -> {
                EntityUtils.consume(response.getEntity());
                return response.getCode();
            });
        } catch (IOException e) {
            status = 0;
        }
        tally.add(status == 200, System.nanoTime() - startNanos);
    }
}
