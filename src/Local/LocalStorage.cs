namespace Kith.Local;

/// <summary>Where the host keeps documents and searches them.</summary>
internal enum LocalStorage
{
    /// <summary>SQLite in the data folder.</summary>
    Local,

    /// <summary>Cosmos DB and AI Search, sections <c>Cosmos</c> and <c>Search</c> of the settings.</summary>
    Azure,
}
