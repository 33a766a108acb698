package com.ventros.crm;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * How tests start the product as a process of its own: from the classes of this very build, which are put into jars,
 * because Java archives classes from nothing else. The first process of a kind that ends in order leaves the archive, and
 * those after it are ready in two thirds of the time.
 */
public final class ProgramCommand {

    private static final Path FOLDER = Path.of("target", "programs").toAbsolutePath();
    private static final LocalDateTime ALWAYS = LocalDateTime.of(2000, 1, 1, 0, 0);
    private static String classPath;

    private ProgramCommand() {}

    /** Java with these options, about to run the product as a server; its arguments are to be added. */
    public static List<String> server(String... options) {
        return of("server", options);
    }

    /** ... and to run one of its commands, which need few of the server's classes. */
    public static List<String> command(String... options) {
        return of("command", options);
    }

    private static List<String> of(String archive, String... options) {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // Started often and for a minute: it should not spend half of that compiling.
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED",
                "-XX:+AutoCreateSharedArchive", "-XX:SharedArchiveFile=" + FOLDER.resolve(archive + ".jsa"),
                "-Xlog:cds*=off", "-Xlog:aot*=off"));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", classPath(), VentrosApplication.class.getName()));
        return command;
    }

    private static synchronized String classPath() {
        if (classPath == null) {
            classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                    .map(Path::of).map(path -> Files.isDirectory(path) ? packed(path) : path)
                    .map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        }
        return classPath;
    }

    /** A jar of the folder. The same content makes the same file, which stays: the archive is bound to its date. */
    private static Path packed(Path folder) {
        try {
            Files.createDirectories(FOLDER);
            var made = Files.createTempFile(FOLDER, "", ".jar");
            try {
                pack(folder, made);
                var jar = FOLDER.resolve(folder.getFileName() + ".jar");
                if (!Files.exists(jar) || Files.mismatch(made, jar) >= 0) Files.move(made, jar, StandardCopyOption.REPLACE_EXISTING);
                return jar;
            } finally {
                Files.deleteIfExists(made);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void pack(Path folder, Path jar) throws IOException {
        try (var out = new JarOutputStream(Files.newOutputStream(jar)); var found = Files.walk(folder)) {
            for (var path : found.sorted().toList()) {
                if (path.equals(folder)) continue;
                var name = folder.relativize(path).toString().replace('\\', '/');
                // Folders too: components are looked for by them.
                var entry = new ZipEntry(Files.isDirectory(path) ? name + "/" : name);
                entry.setTimeLocal(ALWAYS);
                out.putNextEntry(entry);
                if (!entry.isDirectory()) Files.copy(path, out);
                out.closeEntry();
            }
        }
    }
}
