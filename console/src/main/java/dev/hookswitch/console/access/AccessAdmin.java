package dev.hookswitch.console.access;

import dev.hookswitch.common.access.AccessView;
import dev.hookswitch.common.access.ApiKey;
import dev.hookswitch.common.access.KeyDirectory;
import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.kafka.KafkaProperties;
import dev.hookswitch.common.model.ApiKeyRow;
import dev.hookswitch.common.model.AuditRow;
import dev.hookswitch.common.model.AuditRow.Action;
import dev.hookswitch.common.model.AuditRow.Actor;
import dev.hookswitch.common.model.TenantRow;
import dev.hookswitch.common.topics.TopicCheck;
import dev.hookswitch.common.topics.TopicLayout;
import dev.hookswitch.common.topics.TopicSpec;
import dev.hookswitch.console.access.AccessRefused.Code;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes and changes tenants and keys. An answer means that Kafka has acknowledged the change with its audit row, and that the
 * directory shows it. Changes by any number of processes come one after the other, each decided on what the last one left.
 */
public final class AccessAdmin implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AccessAdmin.class);
    private static final Duration LIMIT = Duration.ofSeconds(10);
    /** How often a change is decided anew because another came between. */
    private static final int MAX_TRIES = 10;

    private final AccessRules rules;
    private final KafkaProperties kafka;
    private final TopicLayout topics;
    private final KeyDirectory directory;
    private final Clock clock;
    private final SecureRandom random;

    private AccessAdmin(Settings settings, KeyDirectory directory, Clock clock, SecureRandom random) {
        this.rules = new AccessRules(settings);
        this.kafka = new KafkaProperties(settings);
        this.topics = TopicLayout.of(settings);
        this.directory = directory;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Begins to read every tenant and key.
     *
     * @throws dev.hookswitch.common.config.SettingsException when the settings are wrong
     * @throws IllegalStateException when Kafka does not answer, or the topics are not as declared
     */
    public static AccessAdmin open(Settings settings, Clock clock, SecureRandom random) {
        KeyDirectory directory = KeyDirectory.of(settings, System::nanoTime);
        TopicLayout topics = TopicLayout.of(settings);
        List<TopicSpec> needed = new ArrayList<>(KeyDirectory.topics(topics));
        needed.add(topics.spec(topics.audit()));
        try (Admin admin = Admin.create(new KafkaProperties(settings).admin())) {
            TopicCheck.require(admin, needed);
        }
        AccessAdmin admin = new AccessAdmin(settings, directory, clock, random);
        directory.start();
        return admin;
    }

    /** Every tenant, by name. */
    public List<TenantRow> tenants() {
        return directory.refresh(LIMIT).tenants().stream()
                .sorted(Comparator.comparing(TenantRow::tenant))
                .toList();
    }

    public Optional<TenantRow> tenant(String name) {
        return directory.refresh(LIMIT).tenant(name);
    }

    /** The keys of a tenant, or all; by tenant, oldest first, with those that are no longer taken. */
    public List<ApiKeyRow> keys(Optional<String> tenant) {
        return directory.refresh(LIMIT).keys().stream()
                .filter(key -> tenant.isEmpty() || tenant.get().equals(key.tenant()))
                .sorted(Comparator.comparing(ApiKeyRow::tenant)
                        .thenComparing(ApiKeyRow::createdAtMs)
                        .thenComparing(ApiKeyRow::keyId))
                .toList();
    }

    /**
     * Makes a tenant.
     *
     * @throws AccessRefused when a field breaks its rule or there is a tenant of that name
     */
    public TenantRow createTenant(NewTenant wanted, Actor actor) {
        AccessRules.checkTenant(wanted.tenant());
        rules.checkProfile(wanted.profile());
        wanted.workspace().ifPresent(AccessRules::checkWorkspace);
        return change(topics.tenants(), view -> {
            if (view.tenant(wanted.tenant()).isPresent()) {
                throw new AccessRefused(
                        Code.TENANT_EXISTS, "tenant", "there is a tenant of the name " + wanted.tenant() + " already");
            }
            long now = clock.millis();
            TenantRow row = new TenantRow(
                    wanted.tenant(),
                    wanted.profile(),
                    wanted.workspace().orElse(null),
                    wanted.webhooks(),
                    wanted.limits(),
                    1,
                    now,
                    now);
            return Change.of(row, audit(row, Action.TENANT_CREATED, actor, now));
        });
    }

    /**
     * Changes a tenant; what is empty stays as it is.
     *
     * @throws AccessRefused when a field breaks its rule or there is no such tenant
     */
    public TenantRow updateTenant(String name, TenantChange wanted, Actor actor) {
        AccessRules.checkTenant(name);
        wanted.profile().ifPresent(rules::checkProfile);
        wanted.workspace().ifPresent(AccessRules::checkWorkspace);
        return change(topics.tenants(), view -> {
            TenantRow old = existing(view, name);
            long now = clock.millis();
            TenantRow row = new TenantRow(
                    name,
                    wanted.profile().orElse(old.profile()),
                    wanted.workspace().isPresent() ? wanted.workspace().get() : old.workspace(),
                    wanted.webhooks().orElse(old.webhooks()),
                    wanted.limits().apply(old.limits()),
                    old.revision() + 1,
                    old.createdAtMs(),
                    now);
            return Change.of(row, audit(row, Action.TENANT_UPDATED, actor, now));
        });
    }

    /**
     * Makes a key.
     *
     * @throws AccessRefused when a field breaks its rule or there is no such tenant
     */
    public CreatedKey createKey(NewKey wanted, Actor actor) {
        ApiKey key = ApiKey.generate(random);
        return new CreatedKey(createKey(wanted, key, actor), key);
    }

    /**
     * Makes this key, which nobody else has.
     *
     * @throws AccessRefused when a field breaks its rule or there is no such tenant
     */
    public ApiKeyRow createKey(NewKey wanted, ApiKey key, Actor actor) {
        AccessRules.check(wanted, clock.instant());
        return change(topics.apiKeys(), view -> {
            if (!wanted.tenant().equals(ApiKeyRow.EVERY_TENANT)) {
                existing(view, wanted.tenant());
            }
            long now = clock.millis();
            ApiKeyRow row = new ApiKeyRow(
                    key.id(),
                    wanted.tenant(),
                    wanted.name(),
                    wanted.scopes(),
                    key.mac(wanted.tenant()),
                    1,
                    now,
                    wanted.expiresAt().map(Instant::toEpochMilli).orElse(null),
                    null);
            return Change.of(row, audit(row, Action.KEY_CREATED, actor, now));
        });
    }

    /**
     * Revokes a key, for ever. One that is revoked stays as it is.
     *
     * @throws AccessRefused when there is no such key
     */
    public ApiKeyRow revokeKey(String keyId, Actor actor) {
        return change(topics.apiKeys(), view -> {
            ApiKeyRow old = view.key(keyId)
                    .orElseThrow(() -> new AccessRefused(
                            Code.KEY_NOT_FOUND, "key_id", "key_id names no key; it begins with key_"));
            if (old.revokedAtMs() != null) {
                return Change.of(old, null);
            }
            long now = clock.millis();
            ApiKeyRow row = old.revoked(now);
            return Change.of(row, audit(row, Action.KEY_REVOKED, actor, now));
        });
    }

    private static TenantRow existing(AccessView view, String name) {
        return view.tenant(name)
                .orElseThrow(() ->
                        new AccessRefused(Code.TENANT_NOT_FOUND, "tenant", "tenant names none that was made: " + name));
    }

    private static AuditRow audit(TenantRow row, Action action, Actor actor, long now) {
        return AuditRow.of(now, actor, action, row.tenant(), row.tenant(), row.revision(), Details.of(row));
    }

    private static AuditRow audit(ApiKeyRow row, Action action, Actor actor, long now) {
        return AuditRow.of(now, actor, action, row.tenant(), row.keyId(), row.revision(), Details.of(row));
    }

    private <R> R change(String topic, Function<AccessView, Change<R>> decide) {
        Optional<InDoubt<R>> inDoubt = Optional.empty();
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            try (AccessWriter writer = AccessWriter.take(kafka, topics)) {
                if (inDoubt.isPresent() && inDoubt.get().wasMade(kafka, LIMIT)) {
                    return done(inDoubt.get().change());
                }
                Change<R> change = decide.apply(directory.refresh(LIMIT));
                AuditRow audit = change.audit();
                if (audit == null) {
                    return change.row();
                }
                inDoubt = writer.write(topic, change, audit);
                if (inDoubt.isEmpty()) {
                    return done(change);
                }
            } catch (AccessWriter.ShutOut e) {
                LOG.info("another change came between, decides again");
            }
        }
        throw new AccessRefused(
                Code.CONCURRENT_CHANGES,
                "revision",
                "others made changes at the same time, again and again; look whether this one was made");
    }

    /** A commit is acknowledged a moment before readers see what it wrote. */
    private void awaitSeen(Change<?> change) {
        long deadlineNanos = System.nanoTime() + LIMIT.toNanos();
        while (!change.isSeenBy(directory.refresh(LIMIT))) {
            if (System.nanoTime() - deadlineNanos > 0) {
                throw new IllegalStateException(
                        "the change was made and is not seen after " + LIMIT.toSeconds() + " s");
            }
        }
    }

    private <R> R done(Change<R> change) {
        awaitSeen(change);
        AuditRow audit = change.audit();
        if (audit != null) {
            LOG.info(
                    "{} tenant={} subject={} revision={} actor={}",
                    audit.action(),
                    audit.tenant(),
                    audit.subject(),
                    audit.revision(),
                    audit.actor());
        }
        return change.row();
    }

    @Override
    public void close() {
        directory.close();
    }
}
