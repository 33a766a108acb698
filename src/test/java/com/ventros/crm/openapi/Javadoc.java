package com.ventros.crm.openapi;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;

/** What the sources say in words about routes and records, so that nothing has to be said twice. */
final class Javadoc {

    /**
     * A comment as Markdown.
     *
     * @param params what it says of each part of a record
     */
    record Words(String text, Map<String, String> params) {

        private static final Pattern SENTENCE = Pattern.compile("^.*?[.!?](?=\\s|$)", Pattern.DOTALL);

        String firstSentence() {
            var found = SENTENCE.matcher(text);
            return (found.find() ? found.group() : text).replace('\n', ' ');
        }

        String rest() {
            var found = SENTENCE.matcher(text);
            return found.find() ? text.substring(found.end()).strip() : "";
        }
    }

    private final Map<String, Words> words = new HashMap<>();

    /** Reads the sources of the product. */
    static Javadoc read(Path sources) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var javadoc = new Javadoc();
        try (var files = compiler.getStandardFileManager(null, null, null); var paths = Files.walk(sources)) {
            var units = files.getJavaFileObjectsFromPaths(paths.filter(path -> path.toString().endsWith(".java")).toList());
            var task = (JavacTask) compiler.getTask(null, files, null, List.of("-proc:none"), null, units);
            var trees = DocTrees.instance(task);
            for (var unit : task.parse()) javadoc.new Reader(unit, trees).scan(unit, null);
        }
        return javadoc;
    }

    Optional<Words> of(Class<?> type) {
        return Optional.ofNullable(words.get(type.getName()));
    }

    Optional<Words> of(Method method) {
        return Optional.ofNullable(words.get(key(method.getDeclaringClass().getName(), method.getName(), method.getParameterCount())));
    }

    private static String key(String type, String method, int parameters) {
        return type + "#" + method + "/" + parameters;
    }

    private final class Reader extends TreePathScanner<Void, String> {
        private final String home;
        private final DocTrees trees;

        Reader(CompilationUnitTree unit, DocTrees trees) {
            home = unit.getPackageName() + ".";
            this.trees = trees;
        }

        @Override
        public Void visitClass(ClassTree type, String outer) {
            var name = outer == null ? home + type.getSimpleName() : outer + "$" + type.getSimpleName();
            keep(name, getCurrentPath());
            return super.visitClass(type, name);
        }

        @Override
        public Void visitMethod(MethodTree method, String type) {
            keep(key(type, method.getName().toString(), method.getParameters().size()), getCurrentPath());
            return super.visitMethod(method, type);
        }

        private void keep(String name, TreePath path) {
            var comment = trees.getDocComment(path);
            if (comment != null) words.put(name, parse(comment));
        }
    }

    private static Words parse(String comment) {
        var parts = comment.split("(?m)^\\s*@(?=param |return|throws )");
        var params = new LinkedHashMap<String, String>();
        for (int i = 1; i < parts.length; i++) {
            var tag = parts[i].strip().split("\\s+", 3);
            if (tag[0].equals("param") && tag.length == 3) params.put(tag[1], markdown(tag[2]));
        }
        return new Words(markdown(parts[0]), params);
    }

    private static String markdown(String comment) {
        return comment.replaceAll("\\{@code\\s+([^}]*)}", "`$1`")
                .replaceAll("\\{@link\\s+[^}\\s]*?#?(\\w+)(?:\\([^)]*\\))?}", "$1")
                .replaceAll("\\{@link\\s+\\S+\\s+([^}]*)}", "$1")
                .replaceAll("[ \\t]*\\n[ \\t]*", "\n").replaceAll("\\n?<p>", "\n\n")
                .replaceAll("(?<!\\n)\\n(?!\\n)", " ").strip();
    }
}
