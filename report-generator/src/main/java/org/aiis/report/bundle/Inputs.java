package org.aiis.report.bundle;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.conformity.Ics;
import org.aiis.spec.conformity.Profile;
import org.aiis.spec.conformity.Waiver;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.testing.OperatorType;

/** What a run was asked: the resolved profile, the ICS, the waivers. */
public record Inputs(Profile profile, Ics ics, List<Waiver> waivers) {
    public Inputs {
        waivers = List.copyOf(waivers);
    }

    /** Pairs that are mandatory or claimed: a rejection of one is a FAIL. */
    public Set<OperatorType> required() {
        return ics.required(profile);
    }

    /**
     * Writes the three files into a folder that a run begins.
     *
     * @return their digests under the names profile, ics and waivers, for {@code Entry.Begin}
     */
    public SortedMap<String, String> write(Path folder) {
        SortedMap<String, String> digests = new TreeMap<>();
        digests.put("profile", put(folder.resolve(Layout.PROFILE), Codec.yaml(profile)));
        digests.put("ics", put(folder.resolve(Layout.ICS), Codec.yaml(ics)));
        digests.put("waivers", put(folder.resolve(Layout.WAIVERS), Codec.yaml(waivers)));
        return digests;
    }

    private static String put(Path file, String text) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(file, content);
        return Bytes.sha256(content);
    }

    /** Reads them from a bundle. */
    public static Inputs read(Folder folder) {
        return new Inputs(
                Codec.yaml(folder.text(Layout.PROFILE), Profile.class, Layout.PROFILE),
                Codec.yaml(folder.text(Layout.ICS), Ics.class, Layout.ICS),
                List.of(Codec.yaml(folder.text(Layout.WAIVERS), Waiver[].class, Layout.WAIVERS)));
    }
}
