package dev.hookswitch.dispatcher;

import dev.hookswitch.common.config.InstanceName;
import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.config.SettingsReader;
import dev.hookswitch.dispatcher.egress.EgressProxy;
import dev.hookswitch.dispatcher.http.TlsSettings;
import dev.hookswitch.dispatcher.lane.LaneSettings;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** What the dispatcher reads from the settings. */
record DispatcherSettings(
        String instance,
        int lanes,
        boolean staticMembership,
        int ioThreads,
        int maxConnections,
        Duration idleConnection,
        Duration dnsTimeout,
        int dnsThreads,
        SSLContext tls,
        Optional<EgressProxy> proxy,
        String keyRing,
        LaneSettings lane,
        Optional<String> profilesFolder) {

    static DispatcherSettings of(Settings settings) {
        SettingsReader reader = settings.reader();
        DispatcherSettings read = new DispatcherSettings(
                InstanceName.read(reader, "dispatcher.instance"),
                reader.integer("dispatcher.lanes", 1, 256),
                reader.flag("dispatcher.static-membership"),
                reader.integer("dispatcher.io-threads", 1, 64),
                reader.integer("dispatcher.connections.max", 100, 1_000_000),
                reader.duration("dispatcher.connections.idle", Duration.ofMillis(100), Duration.ofMinutes(10)),
                reader.duration("egress.dns.timeout", Duration.ofMillis(10), Duration.ofMinutes(1)),
                reader.integer("egress.dns.threads", 1, 256),
                TlsSettings.read(reader),
                EgressProxy.read(reader),
                reader.text("secrets.key-ring"),
                LaneSettings.read(reader),
                reader.optionalText("profiles.folder"));
        reader.done();
        return read;
    }
}
