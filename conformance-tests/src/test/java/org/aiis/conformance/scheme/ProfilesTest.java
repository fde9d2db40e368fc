package org.aiis.conformance.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.conformity.Profile;
import org.aiis.spec.standard.Standard;
import org.aiis.spec.standard.StandardReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfilesTest {
    private final Standard standard = StandardReader.bundled();
    private final Home home = Home.find();

    @TempDir
    Path folder;

    @Test
    void everyProfileThatShipsResolvesAndFitsTheStandard() {
        Profiles profiles = new Profiles(standard, home);

        assertThat(profiles.all()).extracting(Profile::profile).contains("core", "pipeline", "performance");
        profiles.all().forEach(p -> profiles.resolve(p.label()));
    }

    @Test
    void everyProfileAndWaiverFileThatShipsIsValidByItsSchema() throws IOException {
        Schema profile = schema("profile");
        Schema waivers = schema("waivers");
        try (var files = Files.walk(home.profiles())) {
            for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).toList()) {
                Schema schema = file.getParent().endsWith("waivers") ? waivers : profile;
                assertThat(schema.validate(Files.readString(file), InputFormat.YAML))
                        .as(file.toString())
                        .isEmpty();
            }
        }
    }

    @Test
    void theSchemaRefusesAnUnknownMember() {
        assertThat(schema("profile").validate("{\"profile\": \"x\", \"surprise\": 1}", InputFormat.JSON))
                .isNotEmpty();
    }

    private static Schema schema(String name) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(StandardReader.resource("/org/aiis/spec/schemas/" + name + ".schema.json"));
    }

    @Test
    void coreHoldsNoPerformanceClass() {
        assertThat(new Profiles(standard, home).resolve("core@1.0").classes()).doesNotContain("performance");
    }

    @Test
    void anUnknownProfileNamesTheNearestOne() {
        assertThatThrownBy(() -> new Profiles(standard, home).resolve("cor@1.0"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("unknown profile 'cor@1.0'; did you mean 'core@1.0'?");
    }

    @Test
    void aPublishedProfileThatSelectsAnUntestedShallIsRefused() throws IOException {
        Path file = write("status: published", "classes: [exchange]");

        assertThatThrownBy(() -> new Profiles(standard, home).resolve(file.toString()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("which is untested");
    }

    @Test
    void aDraftMaySelectAnUntestedShall() throws IOException {
        Path file = write("status: draft", "classes: [exchange]");

        assertThat(new Profiles(standard, home).resolve(file.toString()).classes())
                .containsExactly("exchange");
    }

    @Test
    void aChildAddsToWhatItExtends() throws IOException {
        Path file = write("status: draft", "extends: [core@1.0]\nclasses: [training]\nlimits: {a: 1}");

        Profile child = new Profiles(standard, home).resolve(file.toString());

        assertThat(child.classes()).contains("exchange", "operators", "training");
        assertThat(child.mandatory()).isNotEmpty();
        assertThat(child.limits()).containsEntry("a", 1.0);
    }

    @Test
    void aTypeThatTheOperatorTableLacksIsRefusedWithTheRow() throws IOException {
        Path file = write(
                "status: draft",
                "classes: [operators]\noperators:\n  - operators: [And]\n    types: [float32]\n    opsets: [17]");

        assertThatThrownBy(() -> new Profiles(standard, home).resolve(file.toString()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("04-operators.md:")
                .hasMessageContaining("has no such type");
    }

    private Path write(String... lines) throws IOException {
        return Files.writeString(
                folder.resolve("mine.yaml"),
                "profile: mine\nversion: 0.1.0\ntitle: Mine\naccuracy: relaxed\n" + String.join("\n", lines) + "\n");
    }
}
