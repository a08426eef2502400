namespace Hotline.Tools.Shared;

/// <summary>Systems of vendors.</summary>
public static class VendorAccess
{
    /// <summary>The vendor's own system, with a credential that the supervisor issues.</summary>
    public static async Task<Client> Issue(HttpClient http, Client supervisor, Guid vendor) =>
        (await IssueCredential(http, supervisor, vendor)).Client;

    /// <summary>Vendors that unclog drains in the town's middle, the best first, each with a system of its own that has signed in: what is
    /// timed afterwards does not wait for that.</summary>
    /// <exception cref="PlatformException">There is none.</exception>
    public static async Task<IReadOnlyList<(Guid Id, Client System)>> ForDrains(HttpClient http, Client supervisor, int most)
    {
        var match = await supervisor.Read($"/api/vendors/match?q=shutong&area=330381001&limit={most}");
        var found = new List<(Guid, Client)>();
        foreach (var id in match.Items.Select(item => Guid.Parse(item["vendorId"]!.ToString())))
        {
            var system = await IssueCredential(http, supervisor, id);
            await system.Token();
            found.Add((id, system.Client));
        }
        return found.Count > 0 ? found
            : throw new PlatformException("no vendor offers 管道疏通 in 330381001: start the platform with its demo vendors");
    }

    private static async Task<SignIn> IssueCredential(HttpClient http, Client supervisor, Guid vendor)
    {
        var issued = await supervisor.Must($"/api/vendors/{vendor}/credentials", code: 201);
        return new(http, (issued.Text("clientId"), issued.Text("clientSecret")));
    }
}
