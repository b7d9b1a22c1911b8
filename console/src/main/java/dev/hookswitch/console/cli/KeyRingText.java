package dev.hookswitch.console.cli;

import dev.hookswitch.common.sealing.KeyRing;
import dev.hookswitch.console.endpoints.KeyUse;
import dev.hookswitch.console.endpoints.Resealing.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What the commands of the key ring print. */
final class KeyRingText {
    private KeyRingText() {}

    /** A row for each key of the ring, and for each that is missing. */
    static String status(KeyRing ring, KeyUse use) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("KEY", "STATE", "SECRETS", "MAY BE REMOVED"));
        for (String id : ring.ids()) {
            String removable = id.equals(ring.activeId())
                    ? "no: it seals"
                    : use.need(id).map(why -> "no: " + why).orElse("yes");
            rows.add(List.of(id, state(ring, id), count(use, id), removable));
        }
        TreeSet<String> missing = new TreeSet<>(use.secrets().keySet());
        missing.removeAll(ring.ids());
        for (String id : missing) {
            rows.add(List.of(id, "missing", count(use, id), "put it back: what is sealed under it does not open"));
        }
        return Columns.aligned(rows);
    }

    private static String state(KeyRing ring, String id) {
        if (id.equals(ring.activeId())) {
            return "active";
        }
        return ring.retiring().contains(id) ? "retiring" : "opens";
    }

    private static String count(KeyUse use, String id) {
        return Integer.toString(use.secrets().getOrDefault(id, 0));
    }

    /** @param done endpoints since the beginning */
    static String progress(int done, Step step) {
        String text = "sealed anew: " + done + " endpoints, left: " + step.left();
        return step.stuck() == 0
                ? text
                : text + ", do not open: " + step.stuck() + " (the log names them; regenerate their secrets)";
    }
}
