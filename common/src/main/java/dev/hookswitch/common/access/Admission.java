package dev.hookswitch.common.access;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether a request is served, and what its answer has to say about that. */
public sealed interface Admission {
    /** Names the key that the request showed; null when it showed none that was ever made. */
    @Nullable String keyId();

    /** Headers of the answer, whatever it is. */
    Map<String, String> headers();

    /** It is. */
    record Admitted(Caller caller, Map<String, String> headers) implements Admission {
        public Admitted {
            headers = Map.copyOf(headers);
        }

        @Override
        public String keyId() {
            return caller.key().keyId();
        }
    }

    /**
     * It is not.
     *
     * @param why gives the answer's status, code and message
     * @param details for programs
     */
    record Refused(Refusal why, @Nullable String keyId, Map<String, String> details, Map<String, String> headers)
            implements Admission {
        public Refused {
            details = Map.copyOf(details);
            headers = Map.copyOf(headers);
        }
    }
}
