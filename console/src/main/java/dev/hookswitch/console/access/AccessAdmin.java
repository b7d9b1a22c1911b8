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
import dev.hookswitch.console.changes.Change;
import dev.hookswitch.console.changes.Changes;
import dev.hookswitch.console.changes.ChangesRefused;
import dev.hookswitch.console.changes.Row;
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

/**
 * Makes and changes tenants and keys. An answer means that Kafka has acknowledged the change with its audit row, and that the
 * directory shows it. Changes by any number of processes come one after the other, each decided on what the last one left.
 */
public final class AccessAdmin implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final AccessRules rules;
    private final TopicLayout topics;
    private final KeyDirectory directory;
    private final Changes<AccessView> changes;
    private final Clock clock;
    private final SecureRandom random;

    private AccessAdmin(Settings settings, KeyDirectory directory, Clock clock, SecureRandom random) {
        this.rules = new AccessRules(settings);
        this.topics = TopicLayout.of(settings);
        this.directory = directory;
        // Rare, so each has a transaction of its own.
        this.changes = new Changes<>(new KafkaProperties(settings), topics, new Views(directory), 1, random);
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
        return change(view -> {
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
            return written(row, audit(row, Action.TENANT_CREATED, actor, now));
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
        return change(view -> {
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
            return written(row, audit(row, Action.TENANT_UPDATED, actor, now));
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
        return change(view -> {
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
            return written(row, audit(row, Action.KEY_CREATED, actor, now));
        });
    }

    /**
     * Revokes a key, for ever. One that is revoked stays as it is.
     *
     * @throws AccessRefused when there is no such key
     */
    public ApiKeyRow revokeKey(String keyId, Actor actor) {
        return change(view -> {
            ApiKeyRow old = view.key(keyId)
                    .orElseThrow(() -> new AccessRefused(
                            Code.KEY_NOT_FOUND, "key_id", "key_id names no key; it begins with key_"));
            if (old.revokedAtMs() != null) {
                return Change.none(old);
            }
            long now = clock.millis();
            ApiKeyRow row = old.revoked(now);
            return written(row, audit(row, Action.KEY_REVOKED, actor, now));
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

    private Change<TenantRow, AccessView> written(TenantRow row, AuditRow audit) {
        return new Change<>(
                row,
                List.of(new Row(topics.tenants(), row.tenant(), row)),
                List.of(),
                audit,
                view -> view.tenant(row.tenant())
                        .filter(now -> now.revision() >= row.revision())
                        .isPresent(),
                view -> {});
    }

    private Change<ApiKeyRow, AccessView> written(ApiKeyRow row, AuditRow audit) {
        return new Change<>(
                row,
                List.of(new Row(topics.apiKeys(), row.keyId(), row)),
                List.of(),
                audit,
                view -> view.key(row.keyId())
                        .filter(now -> now.revision() >= row.revision())
                        .isPresent(),
                view -> {});
    }

    private <R> R change(Function<AccessView, Change<R, AccessView>> decide) {
        try {
            return changes.make(decide);
        } catch (ChangesRefused e) {
            throw new AccessRefused(Code.CONCURRENT_CHANGES, "revision", String.valueOf(e.getMessage()));
        }
    }

    private record Views(KeyDirectory directory) implements Changes.Views<AccessView> {
        @Override
        public AccessView refresh(Duration limit) {
            return directory.refresh(limit);
        }

        @Override
        public AccessView draft() {
            return directory.view().orElseGet(() -> directory.refresh(LIMIT));
        }
    }

    @Override
    public void close() {
        changes.close();
        directory.close();
    }
}
