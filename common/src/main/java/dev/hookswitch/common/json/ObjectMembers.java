package dev.hookswitch.common.json;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The members of one object while it is written, in the order in which they come. Nearly always that is JavaScript's
 * order too, and then nothing else happens; array indices out of place or a key that comes twice are put right at the
 * object's end. An instance is reused for the next object at the same depth.
 */
final class ObjectMembers {

    /** With more keys than this, a set finds those that come twice. */
    private static final int FEW = 32;

    private static final long LAST_ARRAY_INDEX = 4294967294L;

    private String[] keys = new String[16];
    private int[] starts = new int[16];
    private int[] unstableBefore = new int[16];
    private int count;
    private boolean inOrder;
    private boolean named;
    private long lastIndex;
    private long hashBits;
    private @Nullable Set<String> manyKeys;

    /** Forgets everything: a new object starts. */
    void open() {
        count = 0;
        inOrder = true;
        named = false;
        lastIndex = -1;
        hashBits = 0;
        manyKeys = null;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /**
     * A member begins.
     *
     * @param start where its key will be written
     * @param unstable how many unstable numbers were written before it
     */
    void add(String key, int start, int unstable) {
        if (count == keys.length) {
            keys = Arrays.copyOf(keys, count * 2);
            starts = Arrays.copyOf(starts, count * 2);
            unstableBefore = Arrays.copyOf(unstableBefore, count * 2);
        }
        if (inOrder) {
            inOrder = followsInOrder(key);
        }
        keys[count] = key;
        starts[count] = start;
        unstableBefore[count] = unstable;
        count++;
    }

    private boolean followsInOrder(String key) {
        long index = arrayIndex(key);
        if (index < 0) {
            named = true;
            return isNew(key);
        }
        boolean ascending = !named && index > lastIndex;
        lastIndex = index;
        return ascending;
    }

    /** A key whose bit is not set is new for certain; only then is there no need to look. */
    private boolean isNew(String key) {
        if (count >= FEW) {
            if (manyKeys == null) {
                manyKeys = new HashSet<>(Arrays.asList(keys).subList(0, count));
            }
            return manyKeys.add(key);
        }
        long bit = 1L << ((key.hashCode() * 0x9E3779B9) >>> 26);
        boolean possible = (hashBits & bit) != 0;
        hashBits |= bit;
        return !possible || !contains(key);
    }

    private boolean contains(String key) {
        for (int i = 0; i < count; i++) {
            if (keys[i].equals(key)) {
                return true;
            }
        }
        return false;
    }

    /** The value of a key that ECMAScript calls an array index (6.1.7); -1 for every other. */
    static long arrayIndex(String key) {
        int length = key.length();
        if (length == 0 || length > 10 || (key.charAt(0) == '0' && length > 1)) {
            return -1;
        }
        long index = 0;
        for (int i = 0; i < length; i++) {
            char c = key.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            index = index * 10 + c - '0';
        }
        return index <= LAST_ARRAY_INDEX ? index : -1;
    }

    /**
     * The object's last member has been written: puts the members into JavaScript's order.
     *
     * @param unstable how many unstable numbers were written up to now
     * @return how many are left, for those of a dropped member are gone
     */
    int close(JsonBytes out, int unstable) {
        if (inOrder) {
            return unstable;
        }
        int start = starts[0];
        int end = out.length();
        byte[] asTheyCame = out.copyOfRange(start, end);
        out.truncate(start);
        int kept = unstableBefore[0];
        for (int member : javaScriptOrder()) {
            if (out.length() > start) {
                out.write(',');
            }
            boolean last = member == count - 1;
            // Up to the comma before the next member.
            int memberEnd = last ? end : starts[member + 1] - 1;
            out.write(asTheyCame, starts[member] - start, memberEnd - starts[member]);
            kept += (last ? unstable : unstableBefore[member + 1]) - unstableBefore[member];
        }
        return kept;
    }

    private List<Integer> javaScriptOrder() {
        Map<Long, Integer> indices = new TreeMap<>();
        Map<String, Integer> others = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            long index = arrayIndex(keys[i]);
            // A later value replaces an earlier one, and keeps its place.
            if (index >= 0) {
                indices.put(index, i);
            } else {
                others.put(keys[i], i);
            }
        }
        List<Integer> order = new ArrayList<>(indices.values());
        order.addAll(others.values());
        return order;
    }
}
