package dev.hookswitch.benchmarks.load;

import dev.hookswitch.benchmarks.process.ChildConsole;
import dev.hookswitch.benchmarks.process.JvmCommand;
import dev.hookswitch.benchmarks.process.Message;
import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.signing.Secret;
import dev.hookswitch.common.topics.TopicLayout;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;

/**
 * The usual alternative as a process: one thread per partition, a blocking POST per record, then a commit per poll. It
 * writes no attempts and no outcomes.
 */
public final class UsualMain {
    private static final int MAX_CONNECTIONS = 20_000;

    private UsualMain() {}

    /** Its command line: Hookswitch settings, of which it reads topics and Kafka's properties, and the endpoints. */
    public static JvmCommand command(Map<String, String> settings, Targets targets) {
        return new JvmCommand(UsualMain.class, List.of(), targets.on(new Message("usual", settings)));
    }

    public static void main(String[] args) throws Exception {
        ChildConsole console = ChildConsole.open();
        Message asked = Message.ofFields("usual", List.of(args));
        Targets targets = Targets.of(asked);
        TopicLayout topics = TopicLayout.of(Settings.of(Map.of(
                "topics.prefix", asked.text("topics.prefix"),
                "topics.partitions", asked.text("topics.partitions"))));
        Secret secret = Secret.generate(new SecureRandom());
        Tally tally = new Tally();
        List<UsualConsumer> consumers = new ArrayList<>();
        try (CloseableHttpClient client = client(topics.partitions())) {
            for (int partition = 0; partition < topics.partitions(); partition++) {
                consumers.add(new UsualConsumer(
                        asked.text("kafka.bootstrap.servers"),
                        topics.deliveries(),
                        partition,
                        targets,
                        new SignedHeaders(secret),
                        client,
                        tally));
            }
            consumers.forEach(UsualConsumer::start);
            console.serve(Message.of("ready"), tally::mark);
            consumers.forEach(UsualConsumer::stop);
            for (UsualConsumer consumer : consumers) {
                consumer.join();
            }
        }
        console.say(tally.mark());
        System.exit(0);
    }

    private static CloseableHttpClient client(int perRoute) {
        return HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setMaxConnTotal(MAX_CONNECTIONS)
                        .setMaxConnPerRoute(perRoute)
                        .build())
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
    }
}
