namespace Hotline.Tools.Demo;

/// <summary>How a call turns out.</summary>
public enum Turn
{
    Served,
    ServedByAppointment,
    PriceDeclinedThenServedByAnother,
    RejectedThenServedByAnother,
    ExpiredThenServedByAnother,
    PriceNegotiated,
    VendorFailedThenServedByAnother,
    WrongNumberCorrected,
    WrongAreaCorrected,
    UnclearWordClarified,
    CitizenWithdrewBeforeAcceptance,
    CitizenWithdrewAfterAcceptance,
    NoVendorInArea,
    CitizenUnreachable,
    ComplaintEndsInSuspension,
}

/// <summary>A call as a citizen really makes it.</summary>
/// <param name="Word">What the operator types.</param>
/// <param name="Address">Landmarks instead of addresses.</param>
public sealed record Call(Turn Turn, string Word, string Area, string Address, string Says);

public static class Calls
{
    /// <summary>A morning at the hotline. Made up; nobody in it exists.</summary>
    public static readonly Call[] Morning =
    [
        new(Turn.Served, "疏通", "330381001", "瑞安广场东边那个公共厕所斜对面，三楼", "单位厕所老是有股味道翻上来，下水也慢，怕是堵了，能不能快点来人看看"),
        new(Turn.Served, "马桶不通", "330381002", "玉海楼往南第二个弄堂口", "马桶冲不下去了，水都要漫出来了，家里有老人"),
        new(Turn.Served, "开锁", "330381003", "锦湖街道菜场后门，卖豆腐那家楼上", "出门倒个垃圾门就关上了，钥匙在里面，锅上还炖着汤呢"),
        new(Turn.Served, "换锁芯", "330381004", "东山码头旁边的老小区 3 幢", "钥匙掉了，怕被人捡去，想把锁芯换掉"),
        new(Turn.ServedByAppointment, "找个住家保姆", "330381001", "万松东路靠近实验小学", "我妈八十多了，想找个住家保姆，会烧本地菜的"),
        new(Turn.Served, "空调不制冷", "330381007", "莘塍老汽车站对面", "空调开了半天都是热风，小孩热得睡不着"),
        new(Turn.Served, "shutong", "330381005", "上望街道村口榕树下第三间", "厨房水槽的水下不去，一股馊味"),
        new(Turn.Served, "洗衣机不转", "330381008", "汀田卫生院边上", "洗衣机放了水就是不转，衣服泡了一晚上"),
        new(Turn.PriceDeclinedThenServedByAnother, "热水器不热", "330381009", "飞云江边上那排自建房", "热水器打着火一会儿就灭，洗澡洗到一半变冷水"),
        new(Turn.PriceDeclinedThenServedByAnother, "换滤芯", "330381001", "安阳实验中学后门", "净水器滤芯两年没换了，水有点黄"),
        new(Turn.RejectedThenServedByAnother, "搬家", "330381003", "锦湖公园西门", "下礼拜要搬家，六楼没电梯，东西不算多"),
        new(Turn.ExpiredThenServedByAnother, "电脑开不了机", "330381002", "玉海街道打印店楼上", "电脑按了没反应，里面有孩子的作业"),
        new(Turn.PriceNegotiated, "房子漏雨", "330381101", "塘下镇老街理发店隔壁", "一下大雨楼顶就漏，床都搬到客厅了"),
        new(Turn.VendorFailedThenServedByAnother, "跳闸", "330381004", "东山街道社区服务中心后面", "家里一开电磁炉就跳闸，冰箱里的东西要坏了"),
        new(Turn.WrongNumberCorrected, "钟点工", "330381001", "隆山公园正门对面", "想找个阿姨每周来打扫两次"),
        new(Turn.WrongNumberCorrected, "水龙头漏水", "330381007", "莘塍东街面馆楼上", "水龙头一直滴，一晚上一桶水"),
        new(Turn.WrongAreaCorrected, "油烟机清洗", "330381009", "飞云加油站旁边", "油烟机都滴油了，自己洗不来"),
        new(Turn.UnclearWordClarified, "搞卫生", "330381008", "汀田小学对面", "新房子刚装好，灰很大，想叫人弄干净"),
        new(Turn.CitizenWithdrewBeforeAcceptance, "修电视", "330381002", "玉海广场西侧", "电视黑屏有声音……等等，我儿子说他来弄，先不用了"),
        new(Turn.CitizenWithdrewAfterAcceptance, "配钥匙", "330381003", "锦湖街道邮局旁边", "想配两把防盗门钥匙"),
        new(Turn.NoVendorInArea, "疏通", "330381222", "北麂岛码头上来第一家", "岛上没人会通下水道，能不能派个人过来"),
        new(Turn.NoVendorInArea, "修冰箱", "330381222", "北麂乡政府旁边小卖部", "冰箱不制冷了，鱼都要臭了"),
        new(Turn.CitizenUnreachable, "擦玻璃", "330381001", "瑞祥新区靠河那幢", "窗户外面够不着，想请人擦一下"),
        new(Turn.CitizenUnreachable, "送煤气", "330381116", "马屿镇上老供销社旁边", "煤气烧完了，中午还要做饭"),
        new(Turn.ComplaintEndsInSuspension, "修洗衣机", "330381101", "塘下镇鲍田桥头", "洗衣机漏水，师傅能不能今天来"),
        new(Turn.Served, "护工", "330381001", "人民医院住院部外面", "老爸住院要人陪夜，今晚就要"),
        new(Turn.Served, "月嫂", "330381007", "莘塍中学附近", "媳妇下个月生，想先找好月嫂"),
        new(Turn.Served, "老鼠", "330381010", "仙降街道鞋厂宿舍", "宿舍里有老鼠，电线都咬了"),
        new(Turn.Served, "收旧家电", "330381011", "南滨街道阁巷村祠堂旁边", "两台旧空调一个旧冰箱，有人收吗"),
        new(Turn.Served, "换纱窗", "330381012", "潘岱街道大榕树边", "纱窗破了个洞，蚊子都飞进来"),
        new(Turn.ServedByAppointment, "装监控", "330381013", "云周街道村部对面", "想在门口装个摄像头，看看老人"),
        new(Turn.ServedByAppointment, "家教", "330381001", "安阳街道图书馆附近", "孩子数学跟不上，想找个老师周末来家里"),
        new(Turn.Served, "电瓶车坏了", "330381120", "陶山镇菜场门口", "电瓶车骑一半没电了，推不动"),
        new(Turn.Served, "wangluo", "330381005", "上望街道渔业村", "家里没网了，孩子上不了网课"),
        new(Turn.Served, "陪看病", "330381004", "东山街道敬老院", "一个人去医院不会用机器，想找个人陪"),
        new(Turn.Served, "马蜂窝", "330381125", "高楼镇小学后山", "屋檐下有个马蜂窝，孩子放学要走那里"),
    ];
}
