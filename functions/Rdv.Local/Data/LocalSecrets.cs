using System.Security.Cryptography;
using System.Text.Json;

namespace Rdv.Local.Data;

/// <summary>The secrets of one local installation: numbered keys, drawn once and kept in a file that others cannot read.</summary>
internal static class LocalSecrets
{
    private const int KeyBytes = 32;
    private static readonly string[] Uses = ["Link", "Phone", "Feed"];

    /// <summary>Settings such as <c>Keys:Link:1</c>, in base64.</summary>
    /// <param name="path">null draws keys that nobody keeps.</param>
    public static IReadOnlyDictionary<string, string?> LoadOrCreate(string? path)
    {
        var keys = path is not null && File.Exists(path)
            ? JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, string>>>(File.ReadAllText(path))!
            : [];
        var missing = Uses.Where(use => !keys.ContainsKey(use)).ToArray();
        foreach (var use in missing)
        {
            keys[use] = new() { ["1"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes)) };
        }

        if (path is not null && missing.Length > 0)
        {
            AtomicFile.Write(path, JsonSerializer.Serialize(keys), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return keys
            .SelectMany(use => use.Value.Select(key => ($"Keys:{use.Key}:{key.Key}", key.Value)))
            .ToDictionary(setting => setting.Item1, setting => (string?)setting.Value);
    }
}
