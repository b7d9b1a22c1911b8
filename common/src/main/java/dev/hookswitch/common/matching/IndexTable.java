package dev.hookswitch.common.matching;

import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.EndpointStatus;
import dev.hookswitch.common.model.Subscription;
import dev.hookswitch.common.model.Wire;
import dev.hookswitch.common.profile.LoadedProfile;
import dev.hookswitch.common.profile.Profiles;
import org.jspecify.annotations.Nullable;

/** One of the two compacted topics, as it changes the index. */
public abstract sealed class IndexTable {
    private final String name;

    private IndexTable(String name) {
        this.name = name;
    }

    /** {@code subscriptions}, with the profiles that this deployment knows. */
    public static IndexTable subscriptions(SubscriptionIndex index, Profiles profiles) {
        return new Subscriptions(index, profiles);
    }

    /** {@code endpoint-status}. */
    public static IndexTable endpointStatus(SubscriptionIndex index) {
        return new Statuses(index);
    }

    /** For logs and metrics. */
    public String name() {
        return name;
    }

    /**
     * Takes a record; one without value is a deletion.
     *
     * @throws Unreadable when it cannot be understood; the index is as it was
     */
    public void take(@Nullable String key, byte @Nullable [] value) {
        EndpointId id = id(key);
        if (value == null) {
            remove(id);
        } else {
            put(id, value);
        }
    }

    abstract void put(EndpointId id, byte[] value);

    abstract void remove(EndpointId id);

    private static EndpointId id(@Nullable String key) {
        try {
            return EndpointId.parse(key == null ? "" : key);
        } catch (IllegalArgumentException e) {
            throw new Unreadable("key");
        }
    }

    private static <T> T read(byte[] value, Class<T> type) {
        try {
            return Wire.read(value, type);
        } catch (IllegalArgumentException e) {
            throw new Unreadable("value");
        }
    }

    private static void requireSame(EndpointId key, EndpointId value) {
        if (!key.equals(value)) {
            throw new Unreadable("key_mismatch");
        }
    }

    /** A record that cannot be understood. */
    public static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /** @param reason a stable word, without anything from the record */
        Unreadable(String reason) {
            super(reason);
        }
    }

    private static final class Subscriptions extends IndexTable {
        private final SubscriptionIndex index;
        private final Profiles profiles;

        Subscriptions(SubscriptionIndex index, Profiles profiles) {
            super("subscriptions");
            this.index = index;
            this.profiles = profiles;
        }

        @Override
        void put(EndpointId id, byte[] value) {
            Subscription subscription = read(value, Subscription.class);
            requireSame(id, subscription.id());
            LoadedProfile profile = profiles.find(subscription.profile()).orElseThrow(() -> new Unreadable("profile"));
            index.put(subscription, profile);
        }

        @Override
        void remove(EndpointId id) {
            index.removeSubscription(id);
        }
    }

    private static final class Statuses extends IndexTable {
        private final SubscriptionIndex index;

        Statuses(SubscriptionIndex index) {
            super("endpoint-status");
            this.index = index;
        }

        @Override
        void put(EndpointId id, byte[] value) {
            EndpointStatus status = read(value, EndpointStatus.class);
            requireSame(id, status.id());
            index.put(status);
        }

        @Override
        void remove(EndpointId id) {
            index.removeStatus(id);
        }
    }
}
