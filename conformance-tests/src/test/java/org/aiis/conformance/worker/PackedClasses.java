package org.aiis.conformance.worker;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Gives the workers that tests start the jars which Maven made of this module's classes, in the place of the folders: Java
 * keeps an archive of classes ({@link ClassArchive}) from jars alone, and tests start hundreds of workers.
 */
public final class PackedClasses implements LauncherSessionListener {
    private static final String CLASS_PATH = "java.class.path";

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        String folders = System.getProperty(CLASS_PATH, "");
        System.setProperty(
                CLASS_PATH,
                Arrays.stream(folders.split(Pattern.quote(File.pathSeparator)))
                        .filter(entry -> !entry.isEmpty()) // Surefire's class path ends with a separator.
                        .map(PackedClasses::packed)
                        .collect(Collectors.joining(File.pathSeparator)));
    }

    /** The jar of a folder below {@code target}; the folder where there is none: another module's, or outside of Maven. */
    private static String packed(String entry) {
        Path folder = Path.of(entry);
        String jar = System.getProperty("aiis.packed." + folder.getFileName(), "");
        boolean ours = !jar.isEmpty() && Path.of(jar).startsWith(folder.resolveSibling(""));
        return ours && Files.isDirectory(folder) && Files.isRegularFile(Path.of(jar)) ? jar : entry;
    }
}
