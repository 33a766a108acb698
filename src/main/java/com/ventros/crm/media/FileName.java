package com.ventros.crm.media;

import com.ventros.crm.kernel.Text;
import java.text.Normalizer;
import org.apache.tika.mime.MimeTypeException;
import org.apache.tika.mime.MimeTypes;

/** Names of files as people from outside chose them, made fit to be shown and saved. */
public final class FileName {

    /** Longer than any that a person typed, and short enough for every file system. */
    private static final int LONGEST = 120;
    private static final int LONGEST_EXTENSION = 10;
    private static final String NAMELESS = "file";

    private FileName() {}

    /** A name for a file that came without one: that word, with the ending by which programs know the type. */
    public static String of(String word, String mimeType) {
        try {
            return word + MimeTypes.getDefaultMimeTypes().forName(mimeType).getExtension();
        } catch (MimeTypeException nobodyKnowsIt) {
            return word;
        }
    }

    /**
     * One name without folders, control characters or marks that turn the direction of writing, with which
     * {@code fdp.exe} can be shown as {@code exe.pdf}.
     */
    public static String clean(String chosen) {
        var name = Normalizer.normalize(Text.storable(chosen), Normalizer.Form.NFC).replaceAll("[/\\\\:*?\"<>|]", "_")
                .replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "").strip().replaceAll("^\\.+", "");
        if (name.isBlank()) return NAMELESS;
        int dot = name.lastIndexOf('.');
        var extension = dot > 0 && name.length() - dot <= LONGEST_EXTENSION ? name.substring(dot) : "";
        return Text.cut(name.substring(0, name.length() - extension.length()), LONGEST - extension.length()) + extension;
    }
}
