namespace Kith.Client;

/// <summary>Ids go into paths, so what would change a path is refused before anything is sent.</summary>
internal static class Ids
{
    private const int MostCharacters = 512;

    /// <summary>Of workspaces, peers and scopes.</summary>
    public static string Name(string id, string parameter) => Check(id, "", "letters, digits, '-' and '_'", parameter);

    /// <summary>Of sessions, some of which are threads.</summary>
    public static string Session(string id, string parameter) => Check(id, ".:", "letters, digits, '-', '_', '.' and ':'", parameter);

    /// <summary>Made by the server: anything that is no path of its own.</summary>
    public static string Given(string id, string parameter)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id, parameter);
        return id is "." or ".." ? throw new ArgumentException($"'{id}' is no id.", parameter) : Uri.EscapeDataString(id);
    }

    private static string Check(string id, string extra, string alphabet, string parameter)
    {
        ArgumentException.ThrowIfNullOrEmpty(id, parameter);
        if (id.Length > MostCharacters || !id.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' || extra.Contains(character)) || id.All(character => character == '.'))
            throw new ArgumentException($"'{id}' is no id: it has 1 to {MostCharacters} {alphabet}.", parameter);
        return id;
    }
}
