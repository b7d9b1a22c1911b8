package dev.hookswitch.dispatcher;

import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.egress.EgressRules;
import dev.hookswitch.common.kafka.DeliveryProducers;
import dev.hookswitch.common.kafka.KafkaProperties;
import dev.hookswitch.common.profile.Profiles;
import dev.hookswitch.common.sealing.SecretSealer;
import dev.hookswitch.common.sealing.WatchedKeyRing;
import dev.hookswitch.common.service.Health;
import dev.hookswitch.common.service.Service;
import dev.hookswitch.common.topics.RetryTiers;
import dev.hookswitch.common.topics.TopicCheck;
import dev.hookswitch.common.topics.TopicLayout;
import dev.hookswitch.dispatcher.attempt.RetryPolicy;
import dev.hookswitch.dispatcher.directory.EndpointDirectory;
import dev.hookswitch.dispatcher.egress.AddressBook;
import dev.hookswitch.dispatcher.egress.Brokers;
import dev.hookswitch.dispatcher.egress.EgressGuard;
import dev.hookswitch.dispatcher.egress.EgressProxy;
import dev.hookswitch.dispatcher.egress.OwnNetworkWatch;
import dev.hookswitch.dispatcher.egress.ProxyAddressBook;
import dev.hookswitch.dispatcher.egress.ResolvingAddressBook;
import dev.hookswitch.dispatcher.http.HttpSender;
import dev.hookswitch.dispatcher.http.PinnedHttpClient;
import dev.hookswitch.dispatcher.lane.Lane;
import dev.hookswitch.dispatcher.lane.LaneContext;
import dev.hookswitch.dispatcher.lane.LaneSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** The dispatcher: takes deliveries, POSTs them, and writes down what became of each. */
public final class DispatcherRole implements Service {
    private static final Duration DIRECTORY_LIMIT = Duration.ofMinutes(2);
    private static final int MAX_WAITING_LOOKUPS = 10_000;
    /**
     * A fetch for the partitions that have nothing holds up the next one for those that have: with the default of 500 ms,
     * empty due partitions halved the rate of full fresh ones.
     */
    private static final String FETCH_MAX_WAIT_MS = "20";

    private static final String FETCH_MAX_BYTES = Integer.toString(16 * 1024 * 1024);
    /** Enough for the next one to come in time when one partition has all the traffic. Kept of each partition at the most. */
    private static final String PARTITION_FETCH_BYTES = Integer.toString(2 * 1024 * 1024);

    private static final String BATCH_BYTES = Integer.toString(64 * 1024);

    private final DispatcherSettings own;
    private final KafkaProperties kafka;
    private final TopicLayout topics;
    private final Profiles profiles;
    private final EgressRules egress;
    private final DispatcherMetrics metrics;
    private final EndpointDirectory directory;
    private final AddressBook addresses;
    private final Brokers brokers;
    private final OwnNetworkWatch ownNetwork;
    private final ExecutorService lookups;
    /** Null until it runs, and after it has stopped; read by probes meanwhile. */
    private volatile @Nullable Running running;

    /** What runs. */
    private record Running(HttpSender sender, List<Lane> lanes) {}

    private DispatcherRole(Settings settings, MeterRegistry registry) throws Exception {
        own = DispatcherSettings.of(settings);
        kafka = new KafkaProperties(settings);
        topics = TopicLayout.of(settings);
        egress = EgressRules.of(settings);
        metrics = new DispatcherMetrics(registry);
        profiles = own.profilesFolder().isPresent()
                ? Profiles.withFolder(Path.of(own.profilesFolder().get()))
                : Profiles.builtIn();
        RetryTiers.check(profiles.all(), topics.tiers());
        WatchedKeyRing keyRing = WatchedKeyRing.open(Path.of(own.keyRing()));
        SecretSealer sealer = new SecretSealer(keyRing, new SecureRandom());
        directory = new EndpointDirectory(kafka, topics, profiles, egress, sealer, keyRing::look, System::nanoTime);
        lookups = lookups(own.dnsThreads());
        EgressGuard guard = new EgressGuard(egress.addresses());
        addresses = own.proxy()
                .<AddressBook>map(proxy -> new ProxyAddressBook(guard, proxy.at()))
                .orElseGet(() -> new ResolvingAddressBook(InetAddress::getAllByName, guard, lookups, own.dnsTimeout()));
        brokers = new Brokers(kafka.bootstrapServers(), Admin.create(kafka.admin()));
        ownNetwork = new OwnNetworkWatch(
                guard,
                InetAddress::getAllByName,
                OwnNetworkWatch::interfaces,
                brokers,
                own.proxy().map(EgressProxy::at));
    }

    /**
     * Builds the role.
     *
     * @throws Exception when a setting, a profile or the key ring is wrong
     */
    public static Service create(Settings settings, MeterRegistry metrics) throws Exception {
        return new DispatcherRole(settings, metrics);
    }

    @Override
    public String name() {
        return "dispatcher";
    }

    @Override
    public void start() throws Exception {
        Map<String, Uuid> topicIds = checkTopics();
        directory.start(DIRECTORY_LIMIT);
        ownNetwork.start();
        HttpSender client = new PinnedHttpClient(
                new PinnedHttpClient.Options(
                        own.ioThreads(), own.maxConnections(), own.idleConnection(), own.tls(), own.proxy()),
                addresses::mayConnect);
        LaneContext context = new LaneContext(
                topics,
                topicIds,
                directory,
                addresses,
                client,
                new RetryPolicy(topics.tiers()),
                own.lane(),
                metrics,
                own.instance(),
                "Hookswitch/" + version(),
                Clock.systemUTC(),
                System::nanoTime);
        List<Lane> lanes = IntStream.range(0, own.lanes())
                .mapToObj(lane -> new Lane(lane, context, () -> consumer(context, lane), () -> producer(lane)))
                .toList();
        running = new Running(client, lanes);
        lanes.forEach(Lane::start);
    }

    private Map<String, Uuid> checkTopics() throws Exception {
        try (Admin admin = Admin.create(kafka.admin())) {
            TopicCheck.require(admin, topics.specs());
            Map<String, Uuid> ids = new HashMap<>();
            admin.describeTopics(List.of(topics.deliveries(), topics.deliveriesDue()))
                    .allTopicNames()
                    .get()
                    .forEach((name, description) -> ids.put(name, description.topicId()));
            return ids;
        }
    }

    private Consumer<byte[], byte[]> consumer(LaneContext context, int lane) {
        Map<String, String> ours = new HashMap<>(Map.ofEntries(
                Map.entry("group.id", topics.prefix() + "dispatcher"),
                Map.entry("client.id", "dispatcher-" + own.instance() + "-" + lane),
                Map.entry("group.protocol", context.settings().groupProtocol()),
                Map.entry("isolation.level", "read_committed"),
                Map.entry("enable.auto.commit", "false"),
                Map.entry("auto.offset.reset", "earliest"),
                Map.entry("allow.auto.create.topics", "false"),
                Map.entry("fetch.max.wait.ms", FETCH_MAX_WAIT_MS),
                Map.entry("fetch.max.bytes", FETCH_MAX_BYTES),
                Map.entry("max.partition.fetch.bytes", PARTITION_FETCH_BYTES),
                Map.entry("max.poll.records", Integer.toString(LaneSettings.MAX_POLL_RECORDS))));
        if (own.staticMembership()) {
            ours.put("group.instance.id", own.instance() + "-" + lane);
        }
        if (context.settings().groupProtocol().equals("consumer")) {
            // The other one looks at sums: it may give all fresh deliveries to one dispatcher and all due ones to
            // another.
            ours.put("group.remote.assignor", "range");
        } else {
            ours.put("partition.assignment.strategy", "org.apache.kafka.clients.consumer.CooperativeStickyAssignor");
        }
        return new KafkaConsumer<>(kafka.consumer(ours), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private Producer<byte[], byte[]> producer(int lane) {
        return new KafkaProducer<>(
                kafka.producer(DeliveryProducers.with(Map.of(
                        "transactional.id",
                        topics.prefix() + "dispatcher-" + own.instance() + "-" + lane,
                        "client.id",
                        "dispatcher-" + own.instance() + "-" + lane,
                        // The commit flushes: until then only full batches leave, so that requests are few and large.
                        "linger.ms",
                        "1000",
                        "batch.size",
                        BATCH_BYTES,
                        // A transaction that begins right after another's commit is told to come back; soon will do.
                        "retry.backoff.ms",
                        "5"))),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private static ExecutorService lookups(int threads) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MAX_WAITING_LOOKUPS), runnable -> {
                    Thread thread = new Thread(runnable, "host-lookup");
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static String version() {
        String version = DispatcherRole.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }

    @Override
    public Health health() {
        Running now = running;
        if (now == null) {
            return Health.starting("not started");
        }
        if (!now.sender().alive()) {
            return Health.down("the HTTP client is dead");
        }
        return Stream.concat(Stream.of(directory.health()), now.lanes().stream().map(Lane::health))
                .filter(health -> !health.ready())
                .findFirst()
                .orElse(Health.UP);
    }

    @Override
    public void close() {
        Running now = running;
        running = null;
        if (now != null) {
            now.lanes().forEach(Lane::stop);
            now.lanes().forEach(Lane::close);
            now.sender().close();
        }
        directory.close();
        ownNetwork.close();
        brokers.close();
        lookups.shutdownNow();
    }
}
