"""Words as shops have them in columns and cells, by the encoding that they are sent in."""

from __future__ import annotations

WORDS = {
    "gb18030": """备注 手机 城市 姓名 性别 男 女 未知 无 交易成功 已付款 退款 待发货 卖家已发货 等待买家付款 交易关闭 订单编号 买家会员名
        实付款 上海 北京 杭州市 广州 深圳市南山区 乌鲁木齐 呼和浩特 重庆 哈尔滨 长沙 福建省 厦门 王伟 李娜 张敏 刘洋 陈静 欧阳修 诸葛亮
        赵丽颖 许昕 张喆 鑫 晖 喆 客户 收货人姓名 联系手机 会员等级 黄金会员 门店 小程序 女装 连衣裙 T恤 M码 面霜50ml 护肤 老客 三八节
        双11 肤质 干性 敏感肌，勿推酒精类 淘宝 抖音 鼓浪屿 吴亦凡 昵称 注册时间 联通 支付宝 通 满300减40（跨店） 【新品】连衣裙 iPhone手机壳""",
    "cp950": """備註 手機 城市 姓名 性別 男 女 未知 交易成功 已付款 退款 訂單編號 臺北市 台北 高雄 新北市板橋區 香港 九龍 陳怡君
        林志玲 王小明 張惠妹 黃 客戶 收件人姓名 連絡電話 會員等級 門市 小程式 女裝 M號 面霜50ml 護膚 老顧客 週年慶 臺中 台南市
        嘉義 貨到付款 信用卡 超商取貨 已出貨 待處理 取消 統一編號 許功蓋 優惠券""",
    "cp1252": """Müller São Ängelholm José François Noëlle Jürgen Groß Düsseldorf Köln Zürich Brasília Florianópolis João Conceição
        Promoção PROMOÇÃO Não Göteborg Málaga España Peña Hôtel crème brûlée Élodie Übergröße Straße Größe naïve SÃO MÜNCHEN
        Ærøskøbing Tromsø México observação endereço número prénom société Ação ÁGUA £10 €25 café 20°C d’Ivoire L’Oréal Mr\xa0Smith""",
    "cp932": "顧客番号 東京都 大阪 山田太郎 注文 さくら カタカナ 備考",
    "cp949": "고객번호 서울특별시 부산 김민수 주문완료 이름 성별 여성",
    "cp1251": "Москва Санкт-Петербург Иванов имя город оплачен",
}
# Split at plain spaces and line ends only: one word has a space that does not break.
WORDS = {codec: [word for word in text.replace("\n", " ").split(" ") if word] for codec, text in WORDS.items()}
