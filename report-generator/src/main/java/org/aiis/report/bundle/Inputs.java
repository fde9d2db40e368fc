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

/** What a run was asked: the resolved profile, the ICS, the waivers; and how good the suite was found to be. */
public record Inputs(Profile profile, Ics ics, List<Waiver> waivers, Qualification qualification) {
    /** Of a suite that was not measured. */
    public Inputs(Profile profile, Ics ics, List<Waiver> waivers) {
        this(profile, ics, waivers, Qualification.NONE);
    }

    public Inputs {
        waivers = List.copyOf(waivers);
    }

    /** Pairs that are mandatory or claimed: a rejection of one is a FAIL. */
    public Set<OperatorType> required() {
        return ics.required(profile);
    }

    /**
     * Writes the files into a folder that a run begins; figures of the suite where there are any.
     *
     * @return their digests under the names profile, ics, waivers and qualification, for {@code Entry.Begin}
     */
    public SortedMap<String, String> write(Path folder) {
        SortedMap<String, String> digests = new TreeMap<>();
        digests.put("profile", put(folder.resolve(Layout.PROFILE), Codec.yaml(profile)));
        digests.put("ics", put(folder.resolve(Layout.ICS), Codec.yaml(ics)));
        digests.put("waivers", put(folder.resolve(Layout.WAIVERS), Codec.yaml(waivers)));
        if (!qualification.equals(Qualification.NONE)) {
            digests.put(Layout.FIGURES, put(folder.resolve(Layout.QUALIFICATION), Codec.pretty(qualification)));
        }
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
                List.of(Codec.yaml(folder.text(Layout.WAIVERS), Waiver[].class, Layout.WAIVERS)),
                folder.has(Layout.QUALIFICATION)
                        ? Codec.json(folder.text(Layout.QUALIFICATION), Qualification.class, Layout.QUALIFICATION, 1)
                        : Qualification.NONE);
    }
}
