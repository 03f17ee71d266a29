using System.Text.Json.Nodes;

namespace Kith.Faults;

/// <summary>Everything that was ever sent, and whether what is stored can have come from it.</summary>
internal sealed class Ledger(string workspace)
{
    private readonly List<Post> _posts = [];

    public IReadOnlyList<Post> Acknowledged => [.. _posts.Where(post => post.Acknowledged)];

    /// <summary>Cut off by a kill.</summary>
    public int Unanswered => _posts.Count(post => !post.Acknowledged);

    public void Add(Post post)
    {
        lock (_posts)
            _posts.Add(post);
    }

    /// <summary>Every acknowledged post is there once, whole and in order; any other is there whole or not at all.</summary>
    public async Task CheckAsync(Api server)
    {
        foreach (var session in _posts.GroupBy(post => post.Session))
            Check(session, await server.ListAsync($"/v3/workspaces/{workspace}/sessions/{session.Key}/messages/list"));
    }

    private static void Check(IEnumerable<Post> posts, IReadOnlyList<JsonNode> messages)
    {
        var stored = messages.Index().ToLookup(message => message.Item["metadata"]!["post"]!.GetValue<string>());
        var lastOf = new Dictionary<string, int>();
        Assert.Equal(messages.Count, messages.Select(message => message["id"]!.GetValue<string>()).Distinct().Count());
        Assert.Empty(stored.Select(group => group.Key).Except(posts.Select(post => post.Name)));
        foreach (var post in posts)
        {
            var found = stored[post.Name].ToArray();
            if (found.Length == 0)
            {
                Assert.False(post.Acknowledged, $"{post.Name} was acknowledged and is lost");
                continue;
            }

            var texts = found.Select(message => message.Item["content"]!.GetValue<string>());
            if (post.IsUpload)
                Assert.True(Squeezed(texts) == Squeezed(post.Texts), $"{post.Name} is not whole: {found.Length} pieces");
            else
                Assert.Equal(post.Texts, texts);
            Assert.Equal(Enumerable.Range(found[0].Index, found.Length), found.Select(message => message.Index));
            Assert.True(lastOf.GetValueOrDefault(post.Writer, -1) < found[0].Index, $"{post.Name} came before an earlier post of {post.Writer}");
            lastOf[post.Writer] = found[^1].Index;
        }
    }

    /// <summary>Pieces of a file are cut at white space, which is not kept.</summary>
    private static string Squeezed(IEnumerable<string> texts) => string.Concat(texts.SelectMany(text => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
}
