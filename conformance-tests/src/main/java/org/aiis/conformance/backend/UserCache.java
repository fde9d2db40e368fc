package org.aiis.conformance.backend;

import java.nio.file.Path;
import java.util.Locale;

/** Where the suite keeps, for the user who runs it, what can be made again. */
public final class UserCache {
    private UserCache() {}

    /** As the platform has it: {@code ~/.cache/aiis} on Linux. It may not be there yet. */
    public static Path folder() {
        String xdg = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
        String local = System.getenv().getOrDefault("LOCALAPPDATA", "");
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        Path home = Path.of(System.getProperty("user.home", "."));
        Path cache = !xdg.isEmpty()
                ? Path.of(xdg)
                : os.contains("win") && !os.contains("mac") && !local.isEmpty()
                        ? Path.of(local)
                        : os.contains("mac") ? home.resolve("Library/Caches") : home.resolve(".cache");
        return cache.resolve("aiis");
    }
}
