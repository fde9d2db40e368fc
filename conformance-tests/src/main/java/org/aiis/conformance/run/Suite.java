package org.aiis.conformance.run;

import java.util.Map;
import java.util.TreeMap;
import org.aiis.conformance.catalogue.Catalogue;
import org.aiis.conformance.judge.StandardJudge;
import org.aiis.conformance.scheme.Home;
import org.aiis.reference.evaluator.Evaluator;
import org.aiis.spec.port.Judge;
import org.aiis.spec.port.Oracle;
import org.aiis.spec.standard.Standard;
import org.aiis.spec.standard.StandardReader;

/** Standard, catalogue, oracle and judge of this release, put together once. */
public record Suite(Home home, Standard standard, Catalogue catalogue, Oracle oracle, Judge judge) {
    public static Suite load(Home home) {
        Standard standard = StandardReader.bundled();
        Oracle oracle = new Evaluator();
        Catalogue catalogue = Catalogue.of(standard, oracle, home.fixtures());
        return new Suite(home, standard, catalogue, oracle, new StandardJudge(oracle, standard));
    }

    /** Version of the suite, from the jar. */
    public static String version() {
        String version = Suite.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /** What judges here, by name; evidence made with others is not judged. */
    public Map<String, String> digests() {
        return new TreeMap<>(
                Map.of("catalogue", catalogue.digest(), "oracle", oracle.digest(), "standard", standard.digest()));
    }
}
