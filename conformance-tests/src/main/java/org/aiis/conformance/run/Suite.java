package org.aiis.conformance.run;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.aiis.conformance.catalogue.Catalogue;
import org.aiis.conformance.catalogue.CatalogueLockFile;
import org.aiis.conformance.judge.Aggregates;
import org.aiis.conformance.judge.StandardJudge;
import org.aiis.conformance.scheme.Home;
import org.aiis.conformance.scheme.Selection;
import org.aiis.reference.evaluator.Evaluator;
import org.aiis.spec.codec.ClassDigest;
import org.aiis.spec.port.Judge;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.standard.Standard;
import org.aiis.spec.standard.StandardReader;

/** Standard, catalogue, oracle and judge of this release, put together once. */
public record Suite(Home home, Standard standard, Catalogue catalogue, Oracle oracle, Judge judge) {
    public static Suite load(Home home) {
        Standard standard = StandardReader.bundled();
        Oracle oracle = new Evaluator();
        Catalogue catalogue = Catalogue.of(standard, home.root());
        List<String> shortfall = CatalogueLockFile.read(home.root()).shortfall(catalogue);
        if (!shortfall.isEmpty()) {
            throw new IllegalStateException("the catalogue holds less than its lock file: " + shortfall);
        }
        return new Suite(home, standard, catalogue, oracle, new StandardJudge(oracle, standard));
    }

    /** Version of the suite, from the jar. */
    public static String version() {
        String version = Suite.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /** What judges here, by name; evidence made with others is not judged. */
    public Map<String, String> digests() {
        return new TreeMap<>(Map.of(
                "catalogue", CatalogueLockFile.digest(home.root()),
                "judge", ClassDigest.of(StandardJudge.class, Aggregates.class, Selection.class, Catalogue.class),
                "oracle", oracle.digest(),
                "standard", standard.digest()));
    }
}
