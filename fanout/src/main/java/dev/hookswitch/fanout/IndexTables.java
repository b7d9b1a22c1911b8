package dev.hookswitch.fanout;

import dev.hookswitch.common.model.EndpointId;
import dev.hookswitch.common.model.EndpointStatus;
import dev.hookswitch.common.model.Subscription;
import dev.hookswitch.common.model.Wire;
import dev.hookswitch.common.profile.LoadedProfile;
import dev.hookswitch.common.profile.Profiles;
import dev.hookswitch.fanout.TableProcessor.Table;
import dev.hookswitch.fanout.TableProcessor.TableException;

/** The two compacted topics, as they change the index. */
final class IndexTables {
    private IndexTables() {}

    static Table subscriptions(SubscriptionIndex index, Profiles profiles) {
        return new Table() {
            @Override
            public String name() {
                return "subscriptions";
            }

            @Override
            public void put(EndpointId id, byte[] value) {
                Subscription subscription = read(value, Subscription.class);
                requireSame(id, subscription.id());
                LoadedProfile profile =
                        profiles.find(subscription.profile()).orElseThrow(() -> new TableException("profile"));
                index.put(subscription, profile);
            }

            @Override
            public void remove(EndpointId id) {
                index.removeSubscription(id);
            }
        };
    }

    static Table endpointStatus(SubscriptionIndex index) {
        return new Table() {
            @Override
            public String name() {
                return "endpoint-status";
            }

            @Override
            public void put(EndpointId id, byte[] value) {
                EndpointStatus status = read(value, EndpointStatus.class);
                requireSame(id, status.id());
                index.put(status);
            }

            @Override
            public void remove(EndpointId id) {
                index.removeStatus(id);
            }
        };
    }

    private static <T> T read(byte[] value, Class<T> type) {
        try {
            return Wire.read(value, type);
        } catch (IllegalArgumentException e) {
            throw new TableException("value");
        }
    }

    private static void requireSame(EndpointId key, EndpointId value) {
        if (!key.equals(value)) {
            throw new TableException("key_mismatch");
        }
    }
}
