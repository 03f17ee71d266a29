using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Kith.Compliance.Tests.Search;

/// <summary>One index of the double: its definition, its documents and its searches. Documents are found a lag after they were taken.</summary>
internal sealed partial class SearchIndexDouble
{
    private const int MostReranked = 50;

    private static readonly string[] _known =
    [
        "filter", "orderby", "queryType", "search", "searchFields", "searchMode", "select", "skip", "top", "scoringProfile", "vectorQueries", "vectorFilterMode",
        "semanticConfiguration", "semanticErrorHandling", "semanticMaxWaitInMilliseconds",
    ];

    private readonly JsonElement _definition;
    private readonly Dictionary<string, SearchField> _fields;
    private readonly string _key;
    private readonly Queue<(DateTimeOffset At, string Key, JsonElement? Document)> _taken = [];
    private readonly Dictionary<string, JsonElement> _found = [];
    private readonly HashSet<string> _keys = [];

    public SearchIndexDouble(JsonElement definition)
    {
        _definition = definition;
        _fields = definition.GetProperty("fields").EnumerateArray().Select(SearchField.Of).ToDictionary(field => field.Name);
        _key = _fields.Values.Single(field => field.IsKey).Name;
        SearchRefusal.Unless(_fields[_key].IsFilterable && _fields[_key].IsSortable, "The adapter pages by key.");
        foreach (var field in _fields.Values.Where(field => field.Dimensions > 0))
            SearchRefusal.Unless(field is { IsSearchable: true, Type: "Collection(Edm.Single)" }, "A vector field is a searchable collection of Edm.Single.");
    }

    public bool IsSame(JsonElement definition) => JsonElement.DeepEquals(_definition.GetProperty("fields"), definition.GetProperty("fields"));

    /// <summary>Documents, found or not yet.</summary>
    public int Kept => _keys.Count;

    public int Count(DateTimeOffset visible)
    {
        Refresh(visible);
        return _found.Count;
    }

    /// <param name="status">Asked for each document; above 299 it is not taken.</param>
    public JsonObject Index(JsonElement body, DateTimeOffset now, Func<string, int> status)
    {
        var results = new JsonArray();
        foreach (var action in body.GetProperty("value").EnumerateArray())
        {
            var key = action.GetProperty(_key).GetString()!;
            var answer = Take(action, key, now, status);
            results.Add(new JsonObject
            {
                ["key"] = key,
                ["status"] = answer < 300,
                ["errorMessage"] = answer < 300 ? null : "refused",
                ["statusCode"] = answer,
            });
        }

        return new JsonObject { ["value"] = results };
    }

    /// <param name="reranker">Question and text to relevance.</param>
    public JsonObject Search(JsonElement body, DateTimeOffset visible, int pageSize, Func<string, string, double> reranker)
    {
        Refresh(visible);
        foreach (var property in body.EnumerateObject())
            SearchRefusal.Unless(_known.Contains(property.Name), $"The parameter '{property.Name}' is not known.");
        var select = body.GetProperty("select").GetString()!.Split(',');
        foreach (var name in select)
            SearchRefusal.Unless(_fields.TryGetValue(name, out var field) && field.IsRetrievable, $"No retrievable field {name}");

        var ranked = Rank(body, reranker);
        var skip = body.TryGetProperty("skip", out var skipped) ? skipped.GetInt32() : 0;
        var top = body.TryGetProperty("top", out var asked) ? asked.GetInt32() : 50;
        var answer = new JsonObject();
        if (Math.Min(top, ranked.Count - skip) > pageSize)
        {
            var next = JsonNode.Parse(body.GetRawText())!.AsObject();
            next["skip"] = skip + pageSize;
            next["top"] = top - pageSize;
            answer["@search.nextPageParameters"] = next;
            answer["@odata.nextLink"] = "https://search.local/indexes('x')/docs/search.post.search?api-version=2023-11-01";
        }

        answer["value"] = new JsonArray([.. ranked.Skip(skip).Take(Math.Min(top, pageSize)).Select(hit => Answer(hit, select))]);
        return answer;
    }

    private static JsonNode Answer((JsonElement Document, double Score, double? Relevance) hit, string[] select)
    {
        var answer = new JsonObject { ["@search.score"] = hit.Score };
        if (hit.Relevance is { } relevance)
            answer["@search.rerankerScore"] = relevance;
        foreach (var name in select)
            answer[name] = hit.Document.TryGetProperty(name, out var value) ? JsonNode.Parse(value.GetRawText()) : null;
        return answer;
    }

    private int Take(JsonElement action, string key, DateTimeOffset now, Func<string, int> status)
    {
        if (!Key().IsMatch(key))
            return 400;
        var answer = status(key);
        if (answer >= 300)
            return answer;
        if (action.GetProperty("@search.action").GetString() == "delete")
        {
            _keys.Remove(key);
            _taken.Enqueue((now, key, null));
            return 200;
        }

        SearchRefusal.Unless(action.GetProperty("@search.action").GetString() == "upload", "Only upload and delete are known.");
        foreach (var property in action.EnumerateObject().Where(property => !property.Name.StartsWith('@')))
        {
            SearchRefusal.Unless(_fields.TryGetValue(property.Name, out var field), $"The property '{property.Name}' does not exist.");
            if (!field!.Fits(property.Value))
                return 400;
        }

        _taken.Enqueue((now, key, action.Clone()));
        return _keys.Add(key) ? 201 : 200;
    }

    private void Refresh(DateTimeOffset visible)
    {
        while (_taken.TryPeek(out var taken) && taken.At <= visible)
        {
            _taken.Dequeue();
            if (taken.Document is { } document)
                _found[taken.Key] = document;
            else
                _found.Remove(taken.Key);
        }
    }

    private List<(JsonElement Document, double Score, double? Relevance)> Rank(JsonElement body, Func<string, string, double> reranker)
    {
        var filter = new SearchFilterText(body.GetProperty("filter").GetString()!, _fields);
        var admitted = _found.Where(entry => filter.Matches(entry.Value)).ToList();
        if (body.TryGetProperty("vectorQueries", out var vectors))
        {
            SearchRefusal.Unless(!body.TryGetProperty("search", out _), "The adapter asks by text and by vector in a request each.");
            return RankByVector(vectors.EnumerateArray().Single(), admitted);
        }

        if (body.TryGetProperty("search", out var search))
            return RankByText(body, search.GetString()!, [.. admitted.Select(entry => entry.Key)], reranker);

        string[] order = body.GetProperty("orderby").GetString()!.Split(' ');
        SearchRefusal.Unless(order is [_, "asc"] && _fields.TryGetValue(order[0], out var by) && by.IsSortable, "Only one sortable field, ascending, is known.");
        return [.. admitted.OrderBy(entry => entry.Value.GetProperty(order[0]).GetString(), StringComparer.Ordinal).Select(entry => (entry.Value, 1.0, (double?)null))];
    }

    private List<(JsonElement Document, double Score, double? Relevance)> RankByVector(JsonElement query, List<KeyValuePair<string, JsonElement>> admitted)
    {
        var field = _fields[query.GetProperty("fields").GetString()!];
        var vector = query.GetProperty("vector");
        SearchRefusal.Unless(vector.GetArrayLength() == field.Dimensions, $"The vector has {vector.GetArrayLength()} dimensions, not {field.Dimensions}.");
        var asked = Numbers(vector);
        return [.. admitted
            .Where(entry => entry.Value.TryGetProperty(field.Name, out _))
            .Select(entry => (entry.Value, Score: 1 / (2 - Cosine(asked, Numbers(entry.Value.GetProperty(field.Name)))), Relevance: (double?)null, entry.Key))
            .OrderByDescending(hit => hit.Score)
            .ThenBy(hit => hit.Key, StringComparer.Ordinal)
            .Take(query.GetProperty("k").GetInt32())
            .Select(hit => (hit.Value, hit.Score, hit.Relevance))];
    }

    /// <summary>BM25 over the whole index, as the service does it: what is rare is not the workspace's to say.</summary>
    private List<(JsonElement Document, double Score, double? Relevance)> RankByText(JsonElement body, string search, HashSet<string> admitted, Func<string, string, double> reranker)
    {
        SearchRefusal.Unless(search.IndexOfAny(['+', '|', '"', '(', ')', '\'', '-', '*', '\\', '~', ':']) < 0, "The text holds operators.");
        var scores = new Dictionary<string, double>();
        foreach (var name in body.GetProperty("searchFields").GetString()!.Split(','))
        {
            SearchRefusal.Unless(_fields.TryGetValue(name, out var field) && field.IsSearchable, $"No searchable field {name}");
            foreach (var (key, score) in Bm25(field!, field!.Analyse(search).Distinct()))
                scores[key] = scores.GetValueOrDefault(key) + (Weight(body, name) * score);
        }

        var ranked = scores
            .Where(hit => admitted.Contains(hit.Key))
            .OrderByDescending(hit => hit.Value)
            .ThenBy(hit => hit.Key, StringComparer.Ordinal)
            .Select(hit => (_found[hit.Key], hit.Value, (double?)null))
            .ToList();
        if (!body.TryGetProperty("queryType", out var type) || type.GetString() != "semantic")
            return ranked;

        SearchRefusal.Unless(
            _definition.GetProperty("semantic").GetProperty("configurations").EnumerateArray().Any(known => known.GetProperty("name").GetString() == body.GetProperty("semanticConfiguration").GetString()),
            "There is no such semantic configuration.");
        return [.. ranked.Take(MostReranked)
            .Select(hit => (hit.Item1, hit.Value, Relevance: (double?)reranker(search, hit.Item1.GetProperty("text").GetString()!)))
            .OrderByDescending(hit => hit.Relevance)
            .Concat(ranked.Skip(MostReranked))];
    }

    private Dictionary<string, double> Bm25(SearchField field, IEnumerable<string> terms)
    {
        var similarity = _definition.GetProperty("similarity");
        var (k1, b) = (similarity.GetProperty("k1").GetDouble(), similarity.GetProperty("b").GetDouble());
        var texts = _found
            .Where(entry => entry.Value.TryGetProperty(field.Name, out _))
            .ToDictionary(entry => entry.Key, entry => field.Analyse(entry.Value.GetProperty(field.Name).GetString()!));
        var average = texts.Count == 0 ? 1 : texts.Values.Average(words => (double)words.Length);
        var scores = new Dictionary<string, double>();
        foreach (var term in terms)
        {
            var counts = texts.Select(text => (text.Key, text.Value.Length, Count: text.Value.Count(word => word == term))).Where(text => text.Count > 0).ToList();
            var rarity = Math.Log(1 + ((texts.Count - counts.Count + 0.5) / (counts.Count + 0.5)));
            foreach (var (key, length, count) in counts)
                scores[key] = scores.GetValueOrDefault(key) + (rarity * count / (count + (k1 * (1 - b + (b * length / average)))));
        }

        return scores;
    }

    private double Weight(JsonElement body, string field)
    {
        if (!body.TryGetProperty("scoringProfile", out var asked))
            return 1;
        var profile = _definition.GetProperty("scoringProfiles").EnumerateArray().Single(known => known.GetProperty("name").GetString() == asked.GetString());
        return profile.GetProperty("text").GetProperty("weights").TryGetProperty(field, out var weight) ? weight.GetDouble() : 1;
    }

    private static float[] Numbers(JsonElement vector) => [.. vector.EnumerateArray().Select(number => number.GetSingle())];

    private static double Cosine(float[] left, float[] right)
    {
        var (dot, one, other) = (0.0, 0.0, 0.0);
        for (var i = 0; i < left.Length; i++)
        {
            dot += left[i] * (double)right[i];
            one += left[i] * (double)left[i];
            other += right[i] * (double)right[i];
        }

        return dot / Math.Sqrt(one * other);
    }

    [GeneratedRegex("^[A-Za-z0-9=-][A-Za-z0-9_=-]{0,1023}$")]
    private static partial Regex Key();
}
