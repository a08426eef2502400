namespace Hotline.Services.Tests;

/// <summary>What a request is found by that is not written in it.</summary>
public sealed class RequestSearchTests(IntakeApi api) : IClassFixture<IntakeApi>
{
    private const string Requests = "/api/intake/requests";

    private async Task<Answer> A_request(string category)
    {
        var answer = await api.Operator.Post(Requests, new
        {
            dialledNumber = "12345",
            caller = new { name = "郑女士", phone = "14500000001" },
            areaCode = "330381001",
            address = "小区南门",
            categoryCode = category,
            description = "请尽快来人",
        });
        answer.Code.ShouldBe(201, answer.ToString());
        return answer;
    }

    private async Task<bool> Finds(string q, Answer request) => (await api.Operator.Get($"{Requests}?q={Uri.EscapeDataString(q)}"))
        .Items.Any(i => i["id"]!.ToString() == request.Text("id"));

    [Fact]
    public async Task A_request_is_found_by_what_its_category_is_called_and_follows_a_correction_of_it()
    {
        var request = await A_request("drains.unclog-drain");
        foreach (var q in (string[])["疏通", "管道疏通", "疏通 郑女士", "drain"]) (await Finds(q, request)).ShouldBeTrue(q);
        foreach (var q in (string[])["开锁", "疏通 王先生"]) (await Finds(q, request)).ShouldBeFalse(q);
        (await api.Supervisor.Post($"{Requests}/{request.Id}/category", new { categoryCode = "locks.open-lock" })).Code.ShouldBe(200);
        (await Finds("开锁", request)).ShouldBeTrue();
        (await Finds("疏通", request)).ShouldBeFalse();
        (await Finds("小区南门", request)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_number_is_found_as_far_as_it_is_typed()
    {
        var request = await A_request("locks.open-lock");
        var number = request.Text("number");
        for (var typed = "RA-20261126".Length; typed <= number.Length; typed++)
            (await Finds(number[..typed], request)).ShouldBeTrue(number[..typed]);
        (await Finds($"{number[..12]}9999", request)).ShouldBeFalse();
    }
}
