package dev.hookswitch.console.access;

import dev.hookswitch.common.access.AccessView;
import dev.hookswitch.common.model.ApiKeyRow;
import dev.hookswitch.common.model.AuditRow;
import dev.hookswitch.common.model.TenantRow;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What is to be written, decided on a view.
 *
 * @param row how the tenant or key is to be
 * @param key of the record
 * @param audit who did what; null when the row is already so and nothing is to be written
 * @param current finds the row as a view has it
 * @param revision of a row
 */
record Change<R>(
        R row,
        String key,
        @Nullable AuditRow audit,
        Function<AccessView, Optional<R>> current,
        ToLongFunction<R> revision) {

    static Change<TenantRow> of(TenantRow row, AuditRow audit) {
        return new Change<>(row, row.tenant(), audit, view -> view.tenant(row.tenant()), TenantRow::revision);
    }

    static Change<ApiKeyRow> of(ApiKeyRow row, @Nullable AuditRow audit) {
        return new Change<>(row, row.keyId(), audit, view -> view.key(row.keyId()), ApiKeyRow::revision);
    }

    /** Whether the view has this row or a later one. */
    boolean isSeenBy(AccessView view) {
        return current.apply(view)
                .filter(now -> revision.applyAsLong(now) >= revision.applyAsLong(row))
                .isPresent();
    }
}
