package dev.hookswitch.console.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookswitch.common.model.ApiKeyRow;
import dev.hookswitch.common.model.AuditRow;
import dev.hookswitch.common.model.AuditRow.Action;
import dev.hookswitch.common.model.AuditRow.Actor;
import dev.hookswitch.common.model.Scope;
import dev.hookswitch.common.model.TenantRow;
import dev.hookswitch.common.model.TenantRow.Limits;
import dev.hookswitch.common.model.Wire;
import dev.hookswitch.console.Deployment;
import dev.hookswitch.testkit.KafkaCluster;
import dev.hookswitch.testkit.KafkaExtension;
import dev.hookswitch.testkit.ManualClock;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(KafkaExtension.class)
class AccessAdminTest {
    private static final Actor ANN = new Actor("operator:ann", null);
    private static final Instant START = Instant.parse("2026-01-15T14:30:00Z");

    private final KafkaCluster kafka;
    private final Deployment deployment;
    private final ManualClock clock = new ManualClock(START);
    private AccessAdmin admin;

    AccessAdminTest(KafkaCluster kafka, @TempDir Path folder) {
        this.kafka = kafka;
        this.deployment = Deployment.ready(kafka, folder);
        this.admin = open();
    }

    private AccessAdmin open() {
        return AccessAdmin.open(deployment.settings(), clock, new SecureRandom());
    }

    @BeforeEach
    void tenant() {
        admin.createTenant(tenant("acme"), ANN);
    }

    @AfterEach
    void close() {
        admin.close();
    }

    @Test
    void aTenantIsMadeOnceAndShown() {
        assertThat(admin.tenants()).extracting(TenantRow::tenant).containsExactly("acme");
        assertThat(admin.tenant("acme")).hasValueSatisfying(tenant -> {
            assertThat(tenant.revision()).isEqualTo(1);
            assertThat(tenant.webhooks()).isTrue();
            assertThat(tenant.createdAtMs()).isEqualTo(START.toEpochMilli());
        });
        assertThatThrownBy(() -> admin.createTenant(tenant("acme"), ANN))
                .isInstanceOfSatisfying(
                        AccessRefused.class,
                        refused -> assertThat(refused.code()).isEqualTo(AccessRefused.Code.TENANT_EXISTS));
    }

    @Test
    void anUpdateChangesWhatItNames() {
        clock.advance(Duration.ofMinutes(1));
        TenantRow.Workspace workspace = new TenantRow.Workspace("ws_1", "Acme");
        TenantRow updated = admin.updateTenant(
                "acme",
                new TenantChange(
                        Optional.empty(), Optional.of(workspace), Optional.of(false), limits -> new Limits(3, null, 7)),
                ANN);
        assertThat(updated)
                .isEqualTo(new TenantRow(
                        "acme",
                        "ringyo",
                        workspace,
                        false,
                        new Limits(3, null, 7),
                        2,
                        START.toEpochMilli(),
                        clock.millis()));
        assertThat(admin.tenant("acme")).contains(updated);
    }

    @Test
    void aKeyIsMadeListedAndRevokedForEver() {
        CreatedKey created = admin.createKey(key("acme"), ANN);
        assertThat(created.key().proves(created.row())).isTrue();
        assertThat(admin.keys(Optional.of("acme"))).containsExactly(created.row());
        assertThat(admin.keys(Optional.of("beta"))).isEmpty();

        clock.advance(Duration.ofMinutes(1));
        ApiKeyRow revoked = admin.revokeKey(created.row().keyId(), ANN);
        assertThat(revoked.revokedAtMs()).isEqualTo(clock.millis());
        clock.advance(Duration.ofMinutes(1));
        assertThat(admin.revokeKey(created.row().keyId(), ANN))
                .as("a second time")
                .isEqualTo(revoked);
        assertThat(admin.keys(Optional.empty())).containsExactly(revoked);
    }

    @Test
    void everyChangeHasItsRowInTheAuditAndNothingElseHas() {
        CreatedKey created = admin.createKey(key("acme"), new Actor("key:key_9", "req_7"));
        admin.revokeKey(created.row().keyId(), ANN);
        admin.revokeKey(created.row().keyId(), ANN);
        assertThatThrownBy(() -> admin.createTenant(tenant("acme"), ANN)).isInstanceOf(AccessRefused.class);

        List<AuditRow> audit = audit();
        assertThat(audit)
                .extracting(AuditRow::action)
                .containsExactly(Action.TENANT_CREATED, Action.KEY_CREATED, Action.KEY_REVOKED);
        assertThat(audit.get(1)).satisfies(row -> {
            assertThat(row.actor()).isEqualTo("key:key_9");
            assertThat(row.requestId()).isEqualTo("req_7");
            assertThat(row.tenant()).isEqualTo("acme");
            assertThat(row.subject()).isEqualTo(created.row().keyId());
            assertThat(row.details()).isEqualTo(Map.of("name", "crm", "scopes", "events:write"));
        });
        assertThat(audit).extracting(AuditRow::auditId).doesNotHaveDuplicates();
    }

    @Test
    void whatCannotBeIsRefusedWithItsField() {
        assertRefused("tenant", () -> admin.createTenant(tenant("a/b"), ANN));
        assertRefused("tenant", () -> admin.createKey(key("nobody"), ANN));
        assertRefused("tenant", () -> admin.updateTenant("nobody", change(), ANN));
        assertRefused("key_id", () -> admin.revokeKey("key_none", ANN));
        assertRefused(
                "profile",
                () -> admin.createTenant(new NewTenant("beta", "ringo", Optional.empty(), true, Limits.NONE), ANN));
        assertRefused("scopes", () -> admin.createKey(new NewKey("acme", "", Set.of(), Optional.empty()), ANN));
        assertRefused(
                "scopes",
                () -> admin.createKey(new NewKey("*", "", Set.of(Scope.WEBHOOKS_READ), Optional.empty()), ANN));
        assertRefused(
                "expires_at",
                () -> admin.createKey(new NewKey("acme", "", Set.of(Scope.EVENTS_WRITE), Optional.of(START)), ANN));
        assertRefused(
                "name",
                () -> admin.createKey(new NewKey("acme", "a\nb", Set.of(Scope.EVENTS_WRITE), Optional.empty()), ANN));
        assertThat(audit()).hasSize(1);
    }

    @Test
    void aKeyForEveryTenantNeedsNone() {
        CreatedKey created = admin.createKey(key(ApiKeyRow.EVERY_TENANT), ANN);
        assertThat(created.row().speaksFor("anybody")).isTrue();
    }

    /** Several processes at once: nothing is lost, nothing is made twice, revisions have no gaps. */
    @Test
    void changesOfSeveralWritersComeOneAfterTheOther() throws Exception {
        int writers = 3;
        int changesEach = 4;
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        List<AccessAdmin> admins = new ArrayList<>();
        try {
            List<Future<Integer>> made = new ArrayList<>();
            for (int i = 0; i < writers; i++) {
                AccessAdmin other = open();
                admins.add(other);
                made.add(threads.submit(() -> {
                    for (int n = 0; n < changesEach; n++) {
                        addOne(other);
                    }
                    return created(other);
                }));
            }
            int tenants = 0;
            for (Future<Integer> each : made) {
                tenants += each.get();
            }
            assertThat(tenants).as("who made beta").isEqualTo(1);
        } finally {
            threads.shutdown();
            admins.forEach(AccessAdmin::close);
        }
        assertThat(admin.tenant("acme"))
                .hasValueSatisfying(
                        tenant -> assertThat(tenant.limits().maxWebhooks()).isEqualTo(writers * changesEach));
        assertThat(audit().stream().filter(row -> row.subject().equals("acme")).map(AuditRow::revision))
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 1 + writers * changesEach)
                        .boxed()
                        .toList());
    }

    private static void addOne(AccessAdmin other) {
        while (true) {
            try {
                other.updateTenant(
                        "acme",
                        new TenantChange(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                limits -> new Limits(
                                        limits.maxWebhooks() == null ? 1 : limits.maxWebhooks() + 1, null, null)),
                        ANN);
                return;
            } catch (AccessRefused e) {
                assertThat(e.code()).isEqualTo(AccessRefused.Code.CONCURRENT_CHANGES);
            }
        }
    }

    private static int created(AccessAdmin other) {
        try {
            other.createTenant(tenant("beta"), ANN);
            return 1;
        } catch (AccessRefused e) {
            assertThat(e.code()).isEqualTo(AccessRefused.Code.TENANT_EXISTS);
            return 0;
        }
    }

    /** A writer was killed inside its transaction: readers would wait for its time-out, and revocations with them. */
    @Test
    void whatAKilledWriterLeftOpenHoldsUpNobody() {
        CreatedKey created = admin.createKey(key("acme"), ANN);
        Producer<byte[], byte[]> killed = kafka.producer(
                Map.of("transactional.id", deployment.topics().changeWriter(), "transaction.timeout.ms", "600000"));
        killed.initTransactions();
        killed.beginTransaction();
        for (int partition = 0; partition < 3; partition++) {
            var unused = killed.send(new ProducerRecord<>(
                    deployment.topics().apiKeys(), partition, "key_x".getBytes(UTF_8), "{}".getBytes(UTF_8)));
        }
        killed.flush();

        assertThat(admin.revokeKey(created.row().keyId(), ANN).revokedAtMs()).isNotNull();

        killed.close(Duration.ZERO);
        assertThat(admin.keys(Optional.empty())).hasSize(1);
    }

    private List<AuditRow> audit() {
        return kafka.readAll(deployment.topics().audit()).stream()
                .map(record -> Wire.read(record.value(), AuditRow.class))
                .toList();
    }

    private static void assertRefused(String field, Runnable change) {
        assertThatThrownBy(change::run)
                .isInstanceOfSatisfying(
                        AccessRefused.class,
                        refused -> assertThat(refused.field()).isEqualTo(field))
                .hasMessageContaining(field);
    }

    private static NewTenant tenant(String name) {
        return new NewTenant(name, "ringyo", Optional.empty(), true, Limits.NONE);
    }

    private static TenantChange change() {
        return new TenantChange(Optional.empty(), Optional.empty(), Optional.empty(), limits -> limits);
    }

    private static NewKey key(String tenant) {
        return new NewKey(tenant, "crm", Set.of(Scope.EVENTS_WRITE), Optional.empty());
    }
}
