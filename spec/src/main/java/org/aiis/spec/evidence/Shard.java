package org.aiis.spec.evidence;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.tensor.Bytes;

/**
 * A part of a session that is driven by itself, on another machine or at another time. Which part a case belongs to follows
 * from its id alone. Some cases are common to all parts, so that one made on another system, or made up, shows.
 *
 * @param index from 1
 * @param of how many parts there are
 */
public record Shard(
        @JsonProperty(required = true) int index,
        @JsonProperty(required = true) int of) {
    /** More machines than this for one session is a slip of the pen. */
    public static final int MOST = 256;

    /** One in so many cases is common to all parts, and at least one of a selection. */
    private static final int COMMON = 32;

    private static final Pattern WRITTEN = Pattern.compile("([0-9]{1,3})/([0-9]{1,3})");

    public Shard {
        if (of < 1 || of > MOST || index < 1 || index > of) {
            throw InputException.of(
                    "shard " + index + "/" + of, "i/n with n from 1 to " + MOST + " and i from 1 to n is expected");
        }
    }

    /** Reads {@code i/n}. */
    public static Shard parse(String text) {
        Matcher written = WRITTEN.matcher(text);
        if (!written.matches()) {
            throw InputException.of("shard '" + text + "'", "i/n is expected, such as 2/4");
        }
        return new Shard(Integer.parseInt(written.group(1)), Integer.parseInt(written.group(2)));
    }

    /** Ids of this part, in the order given: its own and those that are common to all. */
    public List<String> of(Collection<String> selection) {
        Set<String> common = common(selection);
        return selection.stream()
                .filter(id -> home(id, of) == index || common.contains(id))
                .toList();
    }

    /** The part that a case belongs to when it is not common. */
    public static int home(String id, int of) {
        return (int) (draw("home", id) % of) + 1;
    }

    /** Ids that all parts hold: those whose draw is the smallest, so that their number is known and none can be picked. */
    public static Set<String> common(Collection<String> selection) {
        return selection.stream()
                .map(id -> Map.entry(draw("common", id), id))
                .sorted(Map.Entry.<Long, String>comparingByKey().thenComparing(Map.Entry.comparingByValue()))
                .limit((selection.size() + COMMON - 1) / COMMON)
                .map(Map.Entry::getValue)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The same for an id everywhere, and as good as random over ids. */
    private static long draw(String what, String id) {
        String digest = Bytes.sha256((what + "\n" + id).getBytes(StandardCharsets.UTF_8));
        return Long.parseLong(digest.substring(0, 12), 16);
    }

    @Override
    public String toString() {
        return index + "/" + of;
    }
}
