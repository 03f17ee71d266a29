using System.Buffers.Text;
using System.Security.Cryptography;

namespace Kith.Core.Access;

/// <summary>A key as its holder sends it: <c>kith_</c>, id, secret and workspace, so that one read finds it.</summary>
internal sealed record KeyToken(string Id, string Secret, string? Workspace)
{
    private const string Prefix = "kith_";
    private const int SecretBytes = 32;
    private const int SecretCharacters = 43;

    public static bool LooksLikeOne(string text) => text.StartsWith(Prefix, StringComparison.Ordinal);

    public static string NewSecret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>Null when the text is none.</summary>
    public static KeyToken? Read(string text)
    {
        const int SecretAt = 5 + Ids.Length + 1;
        const int End = SecretAt + SecretCharacters;
        if (!LooksLikeOne(text) || text.Length < End || text[SecretAt - 1] != '_')
            return null;
        var workspace = text[End..];
        if (workspace.Length > 0 && (workspace[0] != '_' || !Names.IsValid(workspace.AsSpan(1))))
            return null;
        var (id, secret) = (text[Prefix.Length..(SecretAt - 1)], text[SecretAt..End]);
        return Names.IsValid(id) && Names.IsValid(secret) ? new KeyToken(id, secret, workspace.Length == 0 ? null : workspace[1..]) : null;
    }

    public override string ToString() => Workspace is null ? $"{Prefix}{Id}_{Secret}" : $"{Prefix}{Id}_{Secret}_{Workspace}";
}
