package dev.hookswitch.console.access;

import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.config.SettingsException;
import dev.hookswitch.common.config.SettingsReader;
import dev.hookswitch.common.model.ApiKeyRow;
import dev.hookswitch.common.model.Scope;
import dev.hookswitch.common.model.TenantRow;
import dev.hookswitch.common.profile.Profiles;
import dev.hookswitch.console.access.AccessRefused.Code;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a tenant and a key must be like. */
final class AccessRules {
    private static final int MAX_NAME_CHARS = 100;

    private final Optional<String> profilesFolder;

    AccessRules(Settings settings) {
        SettingsReader reader = settings.reader();
        profilesFolder = reader.optionalText("profiles.folder");
        reader.done();
    }

    /** @throws AccessRefused when no tenant may have this name */
    static void checkTenant(String name) {
        if (!TenantRow.isName(name)) {
            throw new AccessRefused(
                    Code.INVALID_TENANT, "tenant", "tenant must be 1 to 64 letters, digits, _ . : or -");
        }
    }

    /**
     * Checks the name of a profile.
     *
     * @throws AccessRefused when this deployment has no such profile
     */
    void checkProfile(String name) {
        Profiles profiles;
        try {
            profiles = profilesFolder.isPresent()
                    ? Profiles.withFolder(Path.of(profilesFolder.get()))
                    : Profiles.builtIn();
        } catch (IOException e) {
            throw new SettingsException(List.of("profiles.folder cannot be used: " + e));
        }
        if (profiles.find(name).isEmpty()) {
            throw new AccessRefused(
                    Code.INVALID_PROFILE,
                    "profile",
                    "profile must be one of "
                            + profiles.all().stream().map(known -> known.name()).collect(Collectors.joining(", ")));
        }
    }

    /** @throws AccessRefused when no workspace is like this */
    static void checkWorkspace(TenantRow.Workspace workspace) {
        checkText(Code.INVALID_WORKSPACE, "workspace.id", workspace.id(), 1);
        checkText(Code.INVALID_WORKSPACE, "workspace.name", workspace.name(), 1);
    }

    /** @throws AccessRefused naming the first field that breaks its rule */
    static void check(NewKey key, Instant now) {
        checkText(Code.INVALID_NAME, "name", key.name(), 0);
        if (key.scopes().isEmpty() || key.scopes().contains(Scope.UNKNOWN)) {
            throw new AccessRefused(
                    Code.INVALID_SCOPES,
                    "scopes",
                    "scopes must name at least one of webhooks:read, webhooks:manage, events:write");
        }
        if (key.tenant().equals(ApiKeyRow.EVERY_TENANT)) {
            if (!key.scopes().equals(Set.of(Scope.EVENTS_WRITE))) {
                throw new AccessRefused(
                        Code.INVALID_SCOPES, "scopes", "scopes of a key for every tenant must be events:write alone");
            }
        } else {
            checkTenant(key.tenant());
        }
        if (key.expiresAt().isPresent() && !key.expiresAt().get().isAfter(now)) {
            throw new AccessRefused(Code.INVALID_EXPIRY, "expires_at", "expires_at must be in the future");
        }
    }

    private static void checkText(Code code, String field, String text, int least) {
        int length = text.codePointCount(0, text.length());
        boolean printable = text.codePoints().noneMatch(c -> switch (Character.getType(c)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                true;
            default -> false;
        });
        if (!printable || length < least || length > MAX_NAME_CHARS) {
            throw new AccessRefused(
                    code,
                    field,
                    field + " must have " + least + " to " + MAX_NAME_CHARS
                            + " characters, no control characters among them");
        }
    }
}
