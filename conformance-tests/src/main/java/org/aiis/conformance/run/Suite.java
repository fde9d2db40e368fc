package org.aiis.conformance.run;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.aiis.conformance.catalogue.Catalogue;
import org.aiis.conformance.catalogue.CatalogueLock;
import org.aiis.conformance.catalogue.CatalogueLockFile;
import org.aiis.conformance.judge.Aggregates;
import org.aiis.conformance.judge.StandardJudge;
import org.aiis.conformance.scheme.Home;
import org.aiis.conformance.scheme.Selection;
import org.aiis.conformance.vectors.VectorCases;
import org.aiis.conformance.vectors.VectorFolder;
import org.aiis.reference.evaluator.Evaluator;
import org.aiis.spec.codec.ClassDigest;
import org.aiis.spec.port.Judge;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.standard.Standard;
import org.aiis.spec.standard.StandardReader;

/**
 * Standard, catalogue, oracle and judge of this release, put together once.
 *
 * @param vectors digest of the folder whose data sets are the cases, empty when the cases are the catalogue's
 */
public record Suite(Home home, Standard standard, Catalogue catalogue, Oracle oracle, Judge judge, String vectors) {
    /** Name of the vectors' digest in evidence and manifest. */
    public static final String VECTORS = "vectors";

    private static final Map<Home, Suite> LOADED = new ConcurrentHashMap<>();

    /** The suite of a home, the same for everyone in this process: neither its data nor its classes change under a run. */
    public static Suite load(Home home) {
        return LOADED.computeIfAbsent(home, Suite::put);
    }

    private static Suite put(Home home) {
        Standard standard = StandardReader.bundled();
        Oracle oracle = new Evaluator();
        Catalogue catalogue = Catalogue.of(standard, home.root());
        List<String> shortfall = CatalogueLockFile.read(home.root()).shortfall(catalogue);
        if (!shortfall.isEmpty()) {
            throw new IllegalStateException("the catalogue holds less than its lock file: " + shortfall);
        }
        return new Suite(home, standard, catalogue, oracle, new StandardJudge(oracle, standard), "");
    }

    /** The same suite over the data sets of a folder in place of its catalogue. */
    public Suite withVectors(VectorFolder folder) {
        Catalogue cases = Catalogue.of(standard, List.of(new VectorCases(folder, standard, oracle)));
        return new Suite(home, standard, cases, oracle, judge, folder.digest());
    }

    /** Version of the suite, from the jar. */
    public static String version() {
        String version = Suite.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /** What the catalogue held at its release. */
    public CatalogueLock lock() {
        return CatalogueLockFile.read(home.root());
    }

    /** What judges here, by name; evidence made with others is not judged. */
    public Map<String, String> digests() {
        Map<String, String> digests = new TreeMap<>(Map.of(
                "catalogue", CatalogueLockFile.digest(home.root()),
                "judge",
                        ClassDigest.of(
                                StandardJudge.class,
                                Aggregates.class,
                                Selection.class,
                                Catalogue.class,
                                VectorCases.class),
                "oracle", oracle.digest(),
                "standard", standard.digest()));
        if (!vectors.isEmpty()) {
            digests.put(VECTORS, vectors);
        }
        return digests;
    }
}
