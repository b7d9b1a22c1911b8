package dev.hookswitch.console.api;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which requests carry JSON that we read: {@code application/json} in UTF-8, not compressed. */
final class JsonRequests {
    private static final Pattern JSON = Pattern.compile(
            "application/json\\s*(;\\s*charset\\s*=\\s*(utf-8|\"utf-8\")\\s*)?;?", Pattern.CASE_INSENSITIVE);

    private JsonRequests() {}

    static boolean isJson(@Nullable String contentType, @Nullable String contentEncoding) {
        return contentType != null
                && JSON.matcher(contentType.trim()).matches()
                && (contentEncoding == null || contentEncoding.trim().equalsIgnoreCase("identity"));
    }
}
