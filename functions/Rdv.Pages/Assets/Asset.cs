using System.Security.Cryptography;

namespace Rdv.Pages;

/// <summary>A file of the pages. Its address carries the hash of its content, so that browsers may keep it for ever.</summary>
public sealed class Asset
{
    private Asset(string name, string extension, string contentType)
    {
        using var stream = typeof(Asset).Assembly.GetManifestResourceStream($"Assets/{name}.{extension}")!;
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        Content = buffer.ToArray();
        ContentType = contentType;
        FileName = $"{name}.{Convert.ToHexStringLower(SHA256.HashData(Content.Span), 0, 6)}.{extension}";
    }

    public static Asset Stylesheet { get; } = new("rdv", "css", "text/css; charset=utf-8");

    public static Asset Icon { get; } = new("icon", "svg", "image/svg+xml");

    /// <summary>The keys of the hotline.</summary>
    public static Asset Keys { get; } = new("keys", "js", "text/javascript; charset=utf-8");

    public ReadOnlyMemory<byte> Content { get; }

    public string ContentType { get; }

    public string FileName { get; }

    public string Address => "/assets/" + FileName;

    public static Asset? Find(string fileName) => new[] { Stylesheet, Icon, Keys }.FirstOrDefault(asset => asset.FileName == fileName);
}
