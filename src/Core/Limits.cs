namespace Kith.Core;

/// <summary>The product's limits (spec honcho-api §1.2).</summary>
public static class Limits
{
    public const int IdCharacters = 512;
    public const int ScopeIdCharacters = 506;
    public const int MessageCharacters = 25_000;
    public const int MessagesPerCall = 100;
    public const int ClientIdCharacters = 128;
    public const int IdempotencyKeyCharacters = 128;
    public const int ConclusionCharacters = 65_535;
    public const int UploadBytes = 5_242_880;
    public const int ContextTokens = 100_000;
    public const int ObserversPerSession = 10;
    public const int WebhooksPerWorkspace = 10;
    public const int ConnectionsPerWorkspace = 50;
    public const int WebhookUrlCharacters = 2_048;
    public const int EmbeddingTokens = 8_192;
    public const int CustomInstructionTokens = 2_000;
    public const int SessionsPerAllowlist = 1_000;
    public const int ScopesPerRequest = 100;
    public const int QuestionCharacters = 10_000;
    public const int MetadataKeys = 100;
    public const int MetadataDepth = 5;

    /// <summary>
    /// Of anything that is stored under one id, with its metadata and configuration: leaves room in a batch for what must change with it, and fits Cosmos DB's
    /// 2 MB even if every character of it has to be escaped there.
    /// </summary>
    public const int DocumentBytes = 1000 * 1024;

    /// <summary>Whether the text has more than so many characters; a character is a Unicode code point, as in the wire formats.</summary>
    public static bool Exceeds(string text, int characters) =>
        text.Length > characters && (text.Length > 2 * characters || text.EnumerateRunes().Count() > characters);
}
